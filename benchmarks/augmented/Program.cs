// augmented cross DATA-FOLDER CROSS-MODEL MODEL [OPTION=VALUE ...]   the cross-encoder alone, and MODEL's embeddings untouched
// augmented bi DATA-FOLDER CROSS-MODEL MODEL [OPTION=VALUE ...]      a sentence encoder on the labelled pairs alone
// augmented silver DATA-FOLDER CROSS-MODEL MODEL [OPTION=VALUE ...]  Augmented SBERT: the same with the pairs that the cross-encoder labels
// Figures: Spearman and Pearson on STS-B's validation and test sets. Models: mini, a folder, or FOLDER@N, the folder's model with its first N layers alone.
// Options: gold (1000 pairs of the training set, chosen by the seed), seed (1); of the cross-encoder epochs (6), batch (16), rate (1e-4); of the sentence encoder
// biepochs (4), bibatch (16), birate (5e-5); sampling (Bm25AndSemantic), candidates (5).
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp;
using MLNetNlp.Benchmarks.Augmented;
using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Transformers.Checkpoints;

var seed = Number("seed", 1);
var ml = new MLContext(seed);
ml.Log += (_, e) =>
{
    if (e.Message.Contains("validation", StringComparison.Ordinal) || e.Message.Contains("labelled beside", StringComparison.Ordinal))
        Console.WriteLine(e.Message);
};
var gold = StsPair.Read(Path.Combine(args[1], "sts-train.csv"));
new Random(seed).Shuffle(CollectionsMarshal.AsSpan(gold));
gold = gold[..Number("gold", 1000)];
var data = ml.Data.LoadFromEnumerable(gold);
var clock = Stopwatch.StartNew();
switch (args[0])
{
    case "cross":
        using (var embedder = ml.Transforms.Text.EmbedSentences("Features", "Sentence1", Model(args[3]), maxLength: 128).Fit(data))
            Report("embeddings untouched", part => Cosines(embedder, part));
        using (var cross = ml.Regression.Trainers.SentenceSimilarity(CrossEncoder()).Fit(data))
            Report("cross-encoder", part => [.. cross.Transform(ml.Data.LoadFromEnumerable(part)).GetColumn<float>("Score").Select(score => (double)score)]);
        break;
    case "bi":
        using (var embedder = ml.Transforms.Text.TrainSentenceEmbeddings(Embeddings() with { Sentence2ColumnName = "Sentence2", LabelColumnName = "Label" }).Fit(data))
            Report("labelled pairs alone", part => Cosines(embedder, part));
        break;
    default:
        var estimator = ml.Transforms.Text.AugmentedSentenceBert(new()
        {
            CrossEncoder = CrossEncoder(),
            Embeddings = Embeddings(),
            Sampling = Enum.Parse<SilverSampling>(Setting("sampling", nameof(SilverSampling.Bm25AndSemantic))),
            CandidatesPerText = Number("candidates", 5),
            Seed = seed,
        });
        using (var embedder = estimator.Fit(data, out var silver))
        {
            Console.WriteLine(FormattableString.Invariant($"{silver.GetRowCount()} silver pairs, mean score {silver.GetColumn<float>("Label").Average():f2}"));
            Report("labelled and silver pairs", part => Cosines(embedder, part));
        }

        break;
}

void Report(string what, Func<List<StsPair>, double[]> score)
{
    var seconds = clock.Elapsed.TotalSeconds;
    foreach (var part in (string[])["dev", "test"])
    {
        var pairs = StsPair.Read(Path.Combine(args[1], $"sts-{part}.csv"));
        var (scores, labels) = (score(pairs), pairs.Select(pair => (double)pair.Label).ToArray());
        Console.WriteLine(FormattableString.Invariant(
            $"{what} ({gold.Count} pairs, {seconds:f0} s): {part} Spearman {Correlation.Spearman(scores, labels):f4}, Pearson {Correlation.Pearson(scores, labels):f4}"));
    }
}

double[] Cosines(SentenceEmbeddingTransformer embedder, List<StsPair> pairs)
{
    var (first, second) = (Vectors(pair => pair.Sentence1), Vectors(pair => pair.Sentence2));
    return Array.ConvertAll(VectorSimilarity.OfPairs(SimilarityFunction.Cosine, first, second, embedder.Dimension), cosine => (double)cosine);

    float[] Vectors(Func<StsPair, string> text) => [.. embedder.Transform(
        ml.Data.LoadFromEnumerable(pairs.Select(pair => new StsPair { Sentence1 = text(pair) }))).GetColumn<float[]>("Features").SelectMany(vector => vector)];
}

SentenceSimilarityTrainer.Options CrossEncoder() => new()
{
    Model = Model(args[2]),
    Loss = SimilarityLoss.BinaryCrossEntropy,
    LabelMaximum = 5,
    // Measured once, at the end.
    ValidationSet = ml.Data.LoadFromEnumerable(StsPair.Read(Path.Combine(args[1], "sts-dev.csv"))),
    Training = Training("epochs", 6, "batch", "rate", "1e-4") with { EvaluationInterval = int.MaxValue },
};

SentenceEmbeddingTrainer.Options Embeddings() => new() { Model = Model(args[3]), Training = Training("biepochs", 4, "bibatch", "birate", "5e-5") };

TrainingOptions Training(string epochs, int defaultEpochs, string batch, string rate, string defaultRate) => new()
{
    MaxEpochs = Number(epochs, defaultEpochs),
    BatchSize = Number(batch, 16),
    LearningRate = double.Parse(Setting(rate, defaultRate), CultureInfo.InvariantCulture),
    Seed = seed,
    Device = "cpu",
};

static PretrainedModel Model(string name)
{
    if (name == "mini")
        return PretrainedModel.Mini;
    if (name.Split('@') is not [var folder, var layers])
        return PretrainedModel.FromDirectory(name);
    var copy = Directory.CreateTempSubdirectory("layers-").FullName;
    foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
    {
        var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.CreateSymbolicLink(target, Path.GetFullPath(file));
    }

    var count = int.Parse(layers, CultureInfo.InvariantCulture);
    var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
    config["num_hidden_layers"] = count;
    File.Delete(Path.Combine(copy, "config.json"));
    File.WriteAllText(Path.Combine(copy, "config.json"), config.ToJsonString());
    File.Delete(Path.Combine(copy, "model.safetensors"));
    using var all = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
    using var weights = File.Create(Path.Combine(copy, "model.safetensors"));
    SafetensorsWriter.Write(weights,
    [
        .. all.Tensors.Values.Where(tensor => Regex.Match(tensor.Name, @"(?<=layer\.)\d+") is not { Success: true } layer
            || int.Parse(layer.Value, CultureInfo.InvariantCulture) < count)
            .Select(tensor => (tensor.Name, tensor.DType, tensor.Shape, (ReadOnlyMemory<byte>)all.Bytes(tensor.Name).ToArray())),
    ]);
    return PretrainedModel.FromDirectory(copy);
}

int Number(string name, int otherwise) => int.Parse(Setting(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

string Setting(string name, string otherwise) =>
    args.Skip(4).Select(arg => arg.Split('=', 2)).FirstOrDefault(parts => parts[0] == name) is { } found ? found[1] : otherwise;
