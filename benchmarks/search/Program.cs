// Measures search: exact beside one plain matrix product, HNSW beside exact, and encoding through an IDataView beside fixed batches.
// Arguments: index [VECTORS [QUERIES [DIMENSION [RANK]]]], texts FILE [VECTORS], or encode FILE [ROWS [PEER-ROWS [ROUNDS]]].
using System.Globalization;
using MLNetNlp.Benchmarks.Search;

var numbers = args.Skip(1).Select(argument => int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
switch (args.FirstOrDefault() ?? "index")
{
    case "index":
        var (vectors, queries) = (numbers.ElementAtOrDefault(0) is > 0 and var n ? n : 100_000, numbers.ElementAtOrDefault(1) is > 0 and var q ? q : 1000);
        var (dimension, rank) = (numbers.ElementAtOrDefault(2) is > 0 and var d ? d : 384, numbers.ElementAtOrDefault(3) is > 0 and var r ? r : 64);
        var made = MadeVectors.Create(vectors + queries, dimension, rank);
        IndexBenchmark.Run(made.AsSpan(0, vectors * dimension), made.AsSpan(vectors * dimension), dimension);
        break;
    case "texts":
        TextBenchmark.Run(args[1], numbers.ElementAtOrDefault(1) is > 0 and var rows ? rows : 60_000);
        break;
    case "encode":
        var some = numbers.ElementAtOrDefault(1) is > 0 and var texts ? texts : 6000;
        EncodeBenchmark.Run(args[1], some, numbers.ElementAtOrDefault(2) is > 0 and var few ? few : some, numbers.ElementAtOrDefault(3) is > 0 and var times ? times : 4);
        break;
    default:
        Console.Error.WriteLine("index, texts or encode is needed.");
        return 2;
}

return 0;
