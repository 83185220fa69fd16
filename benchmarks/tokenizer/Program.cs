using System.Diagnostics;
using System.Reflection;
using MLNetNlp.Benchmarks.Tokenizer;
using MLNetNlp.Tokenizers;

// Tokens per second on one thread, over the lines of some files:
//   dotnet run -c Release --project benchmarks/tokenizer [-- [--model FOLDER] [--seconds N] FILE ...]
var root = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
var shared = Path.GetFullPath(Path.Combine(root, "..", "shared"));
var model = Path.Combine(root, "src", "MLNetNlp.Models.Mini", "files");
var seconds = 5.0;
var files = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] is "--model" or "--seconds" && i + 1 == args.Length)
        return Usage($"{args[i]} needs a value.");
    if (args[i] == "--model")
        model = args[++i];
    else if (args[i] == "--seconds")
        seconds = double.Parse(args[++i], System.Globalization.CultureInfo.InvariantCulture);
    else
        files.Add(args[i]);
}

if (files.Count == 0)
    files = [.. new[] { "mr/rt-polarity.pos", "mr/rt-polarity.neg", "sst2/train.tsv" }.Select(f => Path.Combine(shared, "data", f)).Where(File.Exists)];
if (files.Count == 0)
    return Usage("No text: name a file with a text a line.");

var lines = files.SelectMany(File.ReadLines).Where(l => l.Length > 0).ToArray();
Console.WriteLine($"{lines.Length:N0} lines, {lines.Sum(l => (long)l.Length):N0} characters, vocabulary of {model}");

var chunks = lines.Chunk(500).ToArray();

var ours = TextTokenizer.FromDirectory(model);
var ids = new List<int>();
long CountOurs(string[] texts)
{
    long count = 0;
    foreach (var text in texts)
    {
        ids.Clear();
        count += ours.AppendIds(text, int.MaxValue, ids);
    }

    return count;
}

var contenders = new List<Contender> { new("MLNetNlp WordPieceTokenizer.AppendIds", CountOurs, chunks.Length) };
Peers.Add(contenders, model, chunks.Length);

// By turns, so that what else the machine does hits all alike.
for (var total = Stopwatch.StartNew(); total.Elapsed.TotalSeconds < seconds * contenders.Count || contenders.Any(c => c.Passes < 6);)
{
    foreach (var contender in contenders)
        contender.Run(chunks);
}

Console.WriteLine("| million tokens/s | tokens | best pass | median pass | undisturbed | passes | bytes allocated a token |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
foreach (var contender in contenders)
    Console.WriteLine(contender);
return 0;

static int Usage(string message)
{
    Console.Error.WriteLine($"{message}\nUsage: dotnet run -c Release --project benchmarks/tokenizer [-- [--model FOLDER] [--seconds N] FILE ...]");
    return 2;
}
