using System.Diagnostics;
using MLNetNlp.Transformers.Search;
using static TorchSharp.torch;

namespace MLNetNlp.Benchmarks.Search;

/// <summary>Exact search beside one matrix product of all queries and all vectors, and HNSW beside exact search.</summary>
internal static class IndexBenchmark
{
    private const int Rounds = 5;

    public static void Run(ReadOnlySpan<float> vectors, ReadOnlySpan<float> queries, int dimension)
    {
        var (count, queryCount) = (vectors.Length / dimension, queries.Length / dimension);
        var exact = ExactVectorIndex.Empty(dimension).Add(vectors);
        using var a = frombuffer(queries.ToArray(), ScalarType.Float32).reshape(-1, dimension);
        using var b = frombuffer(vectors.ToArray(), ScalarType.Float32).reshape(-1, dimension).t();
        List<double> products = [], searches = [];
        IReadOnlyList<VectorHit[]> truth = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            using (no_grad())
                a.matmul(b).Dispose();
            products.Add(clock.Elapsed.TotalSeconds);
            clock.Restart();
            truth = exact.Search(queries, 10);
            searches.Add(clock.Elapsed.TotalSeconds);
        }

        var operations = 2.0 * queryCount * count * dimension;
        var (product, search) = (Best(products), Best(searches));
        Say($"{queryCount:n0} queries x {count:n0} x {dimension}: one matrix product {product:0.00} s ({operations / product / 1e9:0} GFLOP/s)");
        Say($"exact search {search:0.00} s: {product / search:0.0%} of the product's speed; medians {Median(products):0.00} and {Median(searches):0.00} s");

        var processor = Environment.CpuUsage.TotalTime;
        var build = Stopwatch.StartNew();
        var graph = HnswVectorIndex.Empty(dimension).Add(vectors);
        var seconds = build.Elapsed.TotalSeconds;
        var computed = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        Say($"HNSW M {graph.Options.M}, efConstruction {graph.Options.EfConstruction}: built in {seconds:0.0} s, processor time {computed:0.0} s");
        foreach (var ef in (int[])[32, 64, 128, 256, 512])
        {
            var index = graph.WithEfSearch(ef);
            index.Search(queries[..dimension], 10);
            var clock = Stopwatch.StartNew();
            var found = index.Search(queries, 10);
            seconds = clock.Elapsed.TotalSeconds;
            var recall = truth.Zip(found, (e, f) => e.Select(hit => hit.Position).Intersect(f.Select(hit => hit.Position)).Count() / 10.0).Average();
            Say($"efSearch {ef}: recall@10 {recall:0.0000}, {queryCount / seconds:0} queries/s ({search / seconds:0.0} times exact)");
        }
    }

    private static double Best(List<double> seconds) => seconds.Skip(1).Min();

    private static double Median(List<double> seconds) => seconds.Skip(1).Order().ElementAt(Rounds / 2);

    private static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
