using System.Diagnostics;
using FaqSearchSample;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp;
using MLNetNlp.Metrics.Retrieval;

var ml = new MLContext(seed: 1);
var faq = Load<Entry>("faq.tsv");
var test = Load<Query>("queries.test.tsv");
var entries = ml.Data.CreateEnumerable<Entry>(faq, reuseRowObject: false).ToDictionary(entry => entry.Id);
var ranks = new RetrievalOptions { AccuracyAt = [1, 5], PrecisionRecallAt = [], MrrAt = [10], NdcgAt = [10], MapAt = [] };

// 1. As it is: the embedded model knows English, but not what a town's citizens ask.
SentenceEmbeddingTransformer embedder = ml.Transforms.Text.EmbedSentences("Vector", "Text").Fit(faq);
var search = Index(embedder);
Console.WriteLine($"{entries.Count} entries are indexed; {ml.Data.CreateEnumerable<Query>(test, true).Count()} questions in other words search for the right one.");
Report("untrained", Find(embedder, search));

// 2. Trained on other wordings of the same questions, and on their answers. Every other pair of a batch is a wrong answer, so no negatives are needed.
var clock = Stopwatch.StartNew();
Pair[] pairs =
[
    .. ml.Data.CreateEnumerable<Query>(Load<Query>("queries.train.tsv"), reuseRowObject: false).Select(query => new Pair { Text = query.Text, Positive = entries[query.RelevantIds].Text }),
    .. entries.Values.Select(entry => new Pair { Text = entry.Text, Positive = entry.Answer }),
];
SentenceEmbeddingTransformer trained = ml.Transforms.Text.TrainSentenceEmbeddings(new SentenceEmbeddingTrainer.Options
{
    OutputColumnName = "Vector",
    Sentence1ColumnName = "Text",
    Sentence2ColumnName = "Positive",
    Tokenization = new() { MaxLength = 48 },
    Training = new() { MaxEpochs = 8, BatchSize = 32, LearningRate = 1e-4 },
}).Fit(ml.Data.LoadFromEnumerable(pairs));
var trainedSearch = Index(trained);
Report($"trained on {pairs.Length} pairs", Find(trained, trainedSearch));
Console.WriteLine(FormattableString.Invariant($"  ({clock.Elapsed.TotalSeconds:0.0} s)"));

// 3. Model, index and texts are one zip, which a service opens and asks.
var path = Path.Combine(AppContext.BaseDirectory, "faq.zip");
ml.Model.Save(new TransformerChain<ITransformer>(trained, trainedSearch), faq.Schema, path);
ITransformer loaded = new MLContext().Model.Load(path, out _);
var engine = ml.Model.CreatePredictionEngine<Query, Found>(loaded);
foreach (var question in (string[])["my bike got a puncture during the ride", "the bin men forgot our street", "can my labrador ride the tram?"])
{
    var found = engine.Predict(new Query { Text = question });
    Console.WriteLine();
    Console.WriteLine($"> {question}");
    Console.WriteLine(FormattableString.Invariant($"  {found.SimilarScores[0]:0.00}  {found.SimilarTexts[0]}"));
    Console.WriteLine($"        {entries[found.SimilarIds[0]].Answer}");
}

return;

IDataView Load<T>(string file) => ml.Data.LoadFromTextFile<T>(Path.Combine(AppContext.BaseDirectory, "data", file), separatorChar: '\t', hasHeader: true, allowQuoting: false);

// The embedder is a step before the search, so that one set of weights serves both index and queries.
SimilaritySearchTransformer Index(SentenceEmbeddingTransformer embedder) => ml.Transforms.Text.SearchSimilar(new SimilaritySearchEstimator.Options
{
    InputColumnName = "Vector",
    IdColumnName = "Id",
    TextColumnName = "Text",
    Top = 10,
}).Fit(embedder.Transform(faq));

RetrievalMetrics Find(SentenceEmbeddingTransformer embedder, SimilaritySearchTransformer search) =>
    ml.Ranking.EvaluateRetrieval(search.Transform(embedder.Transform(test)), options: ranks);

static void Report(string name, RetrievalMetrics metrics) => Console.WriteLine(FormattableString.Invariant(
    $"  {name,-24} first hit right {metrics.Accuracy[1]:0.000}   among five {metrics.Accuracy[5]:0.000}   MRR@10 {metrics.Mrr[10]:0.000}   nDCG@10 {metrics.Ndcg[10]:0.000}"));
