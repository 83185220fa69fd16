using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Models.Mini;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Benchmarks.Search;

/// <summary>Encoding through an IDataView beside batches of 32 in the file's order, padded to one fixed length, on the same build.</summary>
internal static class EncodeBenchmark
{
    private const int BatchSize = 32;
    private const int MemoryReadings = 6;

    public static void Run(string file, int count, int peerCount, int rounds)
    {
        string[] lines = [.. File.ReadLines(file).Skip(1)];
        var step = Math.Max(1, lines.Length / count);
        Row[] rows = [.. lines.Where((_, i) => i % step == 0).Take(count).Select(line => new Row { Text = line.Split('\t')[0] })];
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(rows);
        using var model = ml.Transforms.Text.EmbedSentences("Features", "Text").Fit(data);
        using var peer = new Peer(rows, peerCount);
        Say($"{rows.Length:n0} texts, longest {peer.Length} tokens; fixed batches of {peer.Count:n0} of them");
        double best = 0, bestPeer = 0;
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var total = 0;
            List<string> memory = [];
            using (var cursor = model.Transform(data).GetRowCursor(model.Transform(data).Schema.Where(c => c.Name == "Features")))
            {
                var getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"]);
                VBuffer<float> vector = default;
                for (; cursor.MoveNext(); total++)
                {
                    getter(ref vector);
                    if (total % (rows.Length / MemoryReadings) == 0)
                        memory.Add(FormattableString.Invariant($"{Environment.WorkingSet / 1e6:0}"));
                }
            }

            var speed = total / clock.Elapsed.TotalSeconds;
            clock.Restart();
            peer.Encode();
            var peerSpeed = peer.Count / clock.Elapsed.TotalSeconds;
            (best, bestPeer) = (Math.Max(best, speed), Math.Max(bestPeer, peerSpeed));
            Say($"round {round}: {speed:0} rows/s, fixed batches {peerSpeed:0} rows/s ({speed / peerSpeed:0.00} times); resident {string.Join(", ", memory)} MB");
        }

        Say($"best: {best:0} and {bestPeer:0} rows/s: {best / bestPeer:0.00} times");
    }

    private static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));

    private sealed class Row
    {
        public string Text { get; init; } = "";
    }

    // What a loop over texts does that thinks of neither order nor length: each batch as it comes, padded to the longest text of all.
    private sealed class Peer : IDisposable
    {
        private readonly Row[] _rows;
        private readonly TextEncoder _encoder;
        private readonly TextTokenizer _tokenizer;

        public Peer(Row[] rows, int count)
        {
            var step = Math.Max(1, rows.Length / count);
            _rows = [.. rows.Where((_, i) => i % step == 0).Take(count)];
            using var files = ModelFiles.FromAssembly(MiniModel.Assembly, MiniModel.ResourcePrefix, "Mini");
            var config = ModelConfig.Read(files);
            _encoder = TextEncoders.Create(config, pooler: false);
            ModuleWeights.Load(_encoder, files, WeightLoadingOptions.For(config));
            _encoder.eval();
            _tokenizer = TextTokenizer.Load(files.TryOpenRead, files.Description);
            List<int> ids = [];
            foreach (var row in rows)
            {
                ids.Clear();
                Length = Math.Max(Length, _tokenizer.AppendIds(row.Text, 256, ids));
            }
        }

        /// <summary>The longest of all texts, those included that are not encoded here.</summary>
        public int Length { get; }

        public int Count => _rows.Length;

        public void Encode()
        {
            using var noGradients = no_grad();
            for (var first = 0; first < _rows.Length; first += BatchSize)
            {
                using var scope = NewDisposeScope();
                var count = Math.Min(BatchSize, _rows.Length - first);
                var ids = new long[count * Length];
                var mask = new long[count * Length];
                List<int> text = [];
                for (var i = 0; i < count; i++)
                {
                    text.Clear();
                    _tokenizer.AppendIds(_rows[first + i].Text, Length, text);
                    for (var j = 0; j < text.Count; j++)
                        (ids[i * Length + j], mask[i * Length + j]) = (text[j], 1);
                }

                using var batch = new TokenBatch(tensor(ids, [count, Length]), tensor(mask, [count, Length]));
                var states = _encoder.call(batch).LastHiddenState;
                var weights = batch.AttentionMask.to(ScalarType.Float32).unsqueeze(-1);
                _ = ((states * weights).sum(1) / weights.sum(1)).cpu().bytes.Length;
            }
        }

        public void Dispose() => _encoder.Dispose();
    }
}
