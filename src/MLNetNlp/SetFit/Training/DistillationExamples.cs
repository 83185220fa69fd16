using MLNetNlp.Transformers.FewShot;

namespace MLNetNlp;

/// <summary>What a student body learns from a teacher: of two texts, the cosine that their vectors have in the teacher.</summary>
internal static class DistillationExamples
{
    /// <summary>
    /// All pairs of the texts in setfit's order; with <see cref="SetFitOptions.Iterations"/> the first of them, that many for every text.
    /// </summary>
    public static EmbeddingSet Create(SetFitTransformerBase teacher, ExampleSet set, SetFitOptions options)
    {
        var (vectors, width) = teacher.EmbedTexts(set.Pool.Strings);
        var norms = new double[set.Pool.Count];
        for (var i = 0; i < norms.Length; i++)
            norms[i] = Math.Max(Math.Sqrt(Dot(i, i)), 1e-12);
        IEnumerable<TextPair> pairs = ContrastivePairs.Distillation(set.Count, (i, j) =>
        {
            var (first, second) = (set.Texts[i], set.Texts[j]);
            return (float)Math.Clamp(Dot(first, second) / (norms[first] * norms[second]), -1, 1);
        });
        if (options.Iterations is { } iterations)
            pairs = pairs.Take((int)Math.Min(int.MaxValue, (long)iterations * set.Count));
        return new EmbeddingSet(PairExamples.Pairs(set, pairs), options.Loss);

        double Dot(int first, int second)
        {
            var a = vectors.AsSpan(first * width, width);
            var b = vectors.AsSpan(second * width, width);
            double sum = 0;
            for (var i = 0; i < width; i++)
                sum += (double)a[i] * b[i];
            return sum;
        }
    }
}
