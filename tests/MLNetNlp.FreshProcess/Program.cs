// MLNetNlp.FreshProcess ZIP TEXT...: loads a multiclass model zip and prints one JSON line: whether MLNetNlp was loaded before, and each text's prediction.
// MLNetNlp.FreshProcess --search ZIP TEXT...: the same for a search, whose queries are in column Text.
// MLNetNlp.FreshProcess --entities ZIP TEXT...: the same for a tagger, whose sentences are in column Tokens.
// MLNetNlp.FreshProcess --scores ZIP TEXT1 TEXT2 ...: the same for a cross-encoder, with the score of each pair of texts.
// MLNetNlp.FreshProcess --rerank ZIP QUERY CANDIDATE...: the same for re-ranking, with the candidates in their new order; a score that is not a number is text.
// MLNetNlp.FreshProcess --vectors ZIP TEXT...: the same for sentence embeddings, with each text's vector.
using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML;

var loadedBefore = AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == "MLNetNlp");
var ml = new MLContext();
if (args[0] == "--entities")
{
    var tagger = ml.Model.CreatePredictionEngine<Sentence, Entities>(ml.Model.Load(args[1], out _));
    var found = args.Skip(2).Select(text => tagger.Predict(new Sentence { Tokens = text })).Select(p => new { Texts = p.EntityTexts, Starts = p.EntityStarts });
    Console.WriteLine(JsonSerializer.Serialize(new { LoadedBefore = loadedBefore, Predictions = found.ToArray() }));
    return;
}

if (args[0] == "--scores")
{
    var scorer = ml.Model.CreatePredictionEngine<Pair, PairScore>(ml.Model.Load(args[1], out _));
    var scores = args.Skip(2).Chunk(2).Select(pair => scorer.Predict(new Pair { Sentence1 = pair[0], Sentence2 = pair[1] }).Score);
    Console.WriteLine(JsonSerializer.Serialize(new { LoadedBefore = loadedBefore, Scores = scores.ToArray() }));
    return;
}

if (args[0] == "--rerank")
{
    var reranker = ml.Model.CreatePredictionEngine<Candidates, Ranking>(ml.Model.Load(args[1], out _));
    var ranking = reranker.Predict(new Candidates { Text = args[2], SimilarTexts = args[3..] });
    var options = new JsonSerializerOptions { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
    Console.WriteLine(JsonSerializer.Serialize(new { LoadedBefore = loadedBefore, Texts = ranking.SimilarTexts, Scores = ranking.SimilarScores }, options));
    return;
}

if (args[0] == "--search")
{
    var search = ml.Model.CreatePredictionEngine<Input, Hits>(ml.Model.Load(args[1], out _));
    var hits = args.Skip(2).Select(text => search.Predict(new Input { Text = text })).Select(p => new { Ids = p.SimilarIds, Scores = p.SimilarScores });
    Console.WriteLine(JsonSerializer.Serialize(new { LoadedBefore = loadedBefore, Predictions = hits.ToArray() }));
    return;
}

if (args[0] == "--vectors")
{
    var embedder = ml.Model.CreatePredictionEngine<Input, Vector>(ml.Model.Load(args[1], out _));
    var vectors = args.Skip(2).Select(text => embedder.Predict(new Input { Text = text }).Features);
    Console.WriteLine(JsonSerializer.Serialize(new { LoadedBefore = loadedBefore, Vectors = vectors.ToArray() }));
    return;
}

var clock = Stopwatch.StartNew();
var model = ml.Model.Load(args[0], out _);
var engine = ml.Model.CreatePredictionEngine<Input, Output>(model);
var predictions = args.Skip(1).Select(text => engine.Predict(new Input { Text = text })).Select(p => new { Label = p.PredictedLabel, p.Score }).ToArray();
clock.Stop();
Console.WriteLine(JsonSerializer.Serialize(new
{
    LoadedBefore = loadedBefore,
    Seconds = clock.Elapsed.TotalSeconds,
    SinceProcessStart = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds,
    ProcessorSeconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds,
    PeakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
    Predictions = predictions,
}));

internal sealed class Input
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";
}

internal sealed class Output
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}

internal sealed class Vector
{
    public float[] Features { get; set; } = [];
}

internal sealed class Sentence
{
    public string Tokens { get; set; } = "";
}

internal sealed class Entities
{
    public string[] EntityTexts { get; set; } = [];

    public int[] EntityStarts { get; set; } = [];
}

internal sealed class Pair
{
    public string Sentence1 { get; set; } = "";

    public string Sentence2 { get; set; } = "";
}

internal sealed class PairScore
{
    public float Score { get; set; }
}

internal sealed class Candidates
{
    public string Text { get; set; } = "";

    public string[] SimilarTexts { get; set; } = [];
}

internal sealed class Ranking
{
    public string[] SimilarTexts { get; set; } = [];

    public float[] SimilarScores { get; set; } = [];
}

internal sealed class Hits
{
    public string[] SimilarIds { get; set; } = [];

    public float[] SimilarScores { get; set; } = [];
}
