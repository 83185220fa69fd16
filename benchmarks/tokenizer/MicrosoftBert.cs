using Microsoft.ML.Tokenizers;

namespace MLNetNlp.Benchmarks.Tokenizer;

internal static partial class Peers
{
    static partial void AddMicrosoft(List<Contender> contenders, string model, int chunks)
    {
        var tokenizer = BertTokenizer.Create(Path.Combine(model, "vocab.txt"));
        contenders.Add(new("Microsoft.ML.Tokenizers BertTokenizer.EncodeToIds", Count, chunks));

        long Count(string[] texts)
        {
            long count = 0;
            foreach (var text in texts)
                count += tokenizer.EncodeToIds(text).Count;
            return count;
        }
    }
}
