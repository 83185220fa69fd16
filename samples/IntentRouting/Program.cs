using System.Diagnostics;
using IntentRoutingSample;
using Microsoft.ML;
using MLNetNlp;

var ml = new MLContext(seed: 1);
IDataView Load(string name) => ml.Data.LoadFromTextFile<Message>(Path.Combine(AppContext.BaseDirectory, "data", name), hasHeader: true);
var (messages, test) = (Load("intents.train.tsv"), Load("intents.test.tsv"));

// What someone can label over a cup of coffee: eight messages of each of the eight intents.
var fewShots = ml.Data.SampleFewShot(messages, "Label", perClass: 8, seed: 1);
IEstimator<ITransformer> Pipeline(bool trainBody) => ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.MulticlassClassification.Trainers.SetFit(new SetFitTrainer.Options
    {
        Sentence1ColumnName = "Text",
        TrainBody = trainBody,
        Sampling = PairSampling.Undersampling, // of the default's 3,584 pairs an eighth does here
        Training = SetFitOptions.DefaultTraining with { LearningRate = 1e-4 },
    }))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

Console.WriteLine($"8 messages of each intent to learn from, {test.Preview(1000).RowView.Length} to be measured on:");
ITransformer model = null!;
foreach (var (name, trainBody) in new[] { ("embeddings with logistic regression", false), ("SetFit", true) })
{
    (model as IDisposable)?.Dispose();
    var clock = Stopwatch.StartNew();
    model = Pipeline(trainBody).Fit(fewShots);
    clock.Stop();
    var metrics = ml.MulticlassClassification.Evaluate(model.Transform(test));
    Console.WriteLine($"  {name,-36} accuracy {metrics.MicroAccuracy:0.000}, log-loss {metrics.LogLoss:0.00}, trained in {clock.Elapsed.TotalSeconds:0.0} s");
}

var path = Path.Combine(Path.GetTempPath(), "intents.zip");
ml.Model.Save(model, messages.Schema, path);
var engine = ml.Model.CreatePredictionEngine<Message, Routing>(new MLContext().Model.Load(path, out _));
Console.WriteLine();
Console.WriteLine("New messages, from the saved zip:");
foreach (var text in (string[])["The courier threw my package over the fence and now the cup is broken.", "I typed in the wrong street, can you fix it?", "Do the boots come in half sizes?", "You took the money two times!"])
{
    var routing = engine.Predict(new Message { Text = text });
    Console.WriteLine($"  {routing.PredictedLabel,-9} {routing.Score.Max(),4:P0}  {text}");
}

// All messages as if nobody had labelled them: which five would teach the model most?
var setFit = ((IEnumerable<ITransformer>)model).OfType<SetFitTransformer>().Single();
Console.WriteLine();
Console.WriteLine("Worth labelling next:");
foreach (var example in setFit.SuggestExamples(messages, 5))
    Console.WriteLine($"  {example.Text}");
File.Delete(path);
(model as IDisposable)?.Dispose();
