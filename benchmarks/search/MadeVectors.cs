using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp.Benchmarks.Search;

/// <summary>Vectors as embeddings lie: in clusters, near a space of far fewer dimensions than they have, with a little noise in all of them.</summary>
internal static class MadeVectors
{
    public static float[] Create(int count, int dimension, int rank)
    {
        var random = new SeededRandom(1);
        var basis = Gaussian(random, rank * dimension, 1);
        var centers = Gaussian(random, 1000 * rank, 1);
        var vectors = new float[count * dimension];
        for (var i = 0; i < count; i++)
        {
            var center = centers.AsSpan(random.Next(1000) * rank, rank);
            var vector = vectors.AsSpan(i * dimension, dimension);
            for (var k = 0; k < rank; k++)
            {
                var weight = center[k] + 0.8f * (float)random.NextGaussian();
                var direction = basis.AsSpan(k * dimension, dimension);
                for (var j = 0; j < dimension; j++)
                    vector[j] += weight * direction[j];
            }

            foreach (ref var number in vector)
                number += 0.5f * (float)random.NextGaussian();
        }

        return vectors;
    }

    private static float[] Gaussian(SeededRandom random, int count, float scale)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = scale * (float)random.NextGaussian();
        return values;
    }
}
