// Adapters            trains both tasks, saves each adapter alone and merged, and serves both forms, each in a process of its own
// Adapters serve A B  loads a sentiment zip and an entities zip, says what they take in memory, and reads texts with both
using System.Diagnostics;
using AdaptersSample;
using Microsoft.ML;
using MLNetNlp;

if (args is ["serve", var sentimentZip, var entitiesZip])
    Serve(sentimentZip, entitiesZip);
else
    TrainBoth();
return 0;

static void TrainBoth()
{
    var data = Path.Combine(AppContext.BaseDirectory, "data");
    var ml = new MLContext(seed: 1);
    var clock = Stopwatch.StartNew();
    Console.WriteLine("Two LoRA adapters over the embedded model, which stays as it is:");
    var sentiment = Tasks.TrainSentiment(ml, Path.Combine(data, "reviews.train.tsv"), out var reviews);
    var accuracy = Tasks.MeasureSentiment(ml, sentiment, Path.Combine(data, "reviews.test.tsv"));
    Console.WriteLine(FormattableString.Invariant($"  sentiment  {clock.Elapsed.TotalSeconds,4:0} s   accuracy {accuracy:0.000} on 240 reviews"));
    clock.Restart();
    var entities = Tasks.TrainEntities(ml, Path.Combine(data, "entities.train.conll"), out var sentences);
    var f1 = Tasks.MeasureEntities(ml, entities, Path.Combine(data, "entities.test.conll"));
    Console.WriteLine(FormattableString.Invariant($"  entities   {clock.Elapsed.TotalSeconds,4:0} s   F1 {f1:0.000} on 89 sentences"));

    Console.WriteLine();
    Console.WriteLine("Saved:");
    foreach (var (name, model, schema) in new[] { ("sentiment", sentiment, reviews.Schema), ("entities", entities, sentences.Schema) })
    {
        ml.Model.Save(model, schema, $"{name}.zip");
        ml.Model.Save(model, schema, $"{name}.merged.zip", AdapterStorage.Merged);
        var adapter = ml.Model.DescribeAdapters(model)[0];
        Console.WriteLine(FormattableString.Invariant($"  {name + ".zip",-14} {Megabytes($"{name}.zip"),5:0.0} MB, the adapter alone: {adapter.ParameterCount:N0} numbers over '{adapter.BaseModel}';")
            + FormattableString.Invariant($" merged it is {Megabytes($"{name}.merged.zip"):0.0} MB"));
    }

    Console.WriteLine();
    Console.WriteLine("A process with both merged models:");
    Start("sentiment.merged.zip", "entities.merged.zip");
    Console.WriteLine();
    Console.WriteLine("A process with both adapters over one base model:");
    Start("sentiment.zip", "entities.zip");
}

static void Serve(string sentimentZip, string entitiesZip)
{
    var ml = new MLContext();
    var empty = Memory();
    var judge = ml.Model.CreatePredictionEngine<Review, Judgement>(ml.Model.Load(sentimentZip, out _));
    judge.Predict(new Review { Text = "Nice." });
    var one = Memory();
    var find = ml.Model.CreatePredictionEngine<Sentence, EntityPrediction>(ml.Model.Load(entitiesZip, out _));
    find.Predict(new Sentence { Tokens = "Nice." });
    Console.WriteLine(FormattableString.Invariant($"  memory: {one - empty:0} MB more with {sentimentZip}, then {Memory() - one:0} MB more with {entitiesZip}"));
    foreach (var text in (string[])["The waiter at Café Luna in Lisbon forgot us twice.", "Peter Novak of Bluefin Logistics solved it within the hour!"])
    {
        var found = find.Predict(new Sentence { Tokens = text }).Entities.Select(e => $"{e.Text} ({e.Type})");
        Console.WriteLine($"  {judge.Predict(new Review { Text = text }).PredictedLabel,-8}  {string.Join(", ", found)}  <- {text}");
    }
}

static void Start(params string[] zips)
{
    var self = new ProcessStartInfo(Environment.ProcessPath!);
    if (Path.GetFileNameWithoutExtension(self.FileName) == "dotnet")
        self.ArgumentList.Add(typeof(Review).Assembly.Location);
    self.ArgumentList.Add("serve");
    Array.ForEach(zips, self.ArgumentList.Add);
    using var process = Process.Start(self)!;
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"The process ended with exit code {process.ExitCode}.");
}

static double Megabytes(string path) => new FileInfo(path).Length / 1e6;

// What the process has in memory, after what it needs no more was given back.
static double Memory()
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    GC.Collect();
    return Environment.WorkingSet / 1e6;
}
