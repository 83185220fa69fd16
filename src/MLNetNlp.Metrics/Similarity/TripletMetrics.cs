using System.Globalization;

namespace MLNetNlp.Metrics.Similarity;

/// <summary>Share of the triplets whose anchor is more like its positive than like its negative, by similarity function.</summary>
/// <param name="Cosine">By the cosine: the usual figure.</param>
/// <param name="Dot">By the dot product.</param>
/// <param name="Euclidean">By the Euclidean distance.</param>
/// <param name="Manhattan">By the Manhattan distance.</param>
/// <param name="Margin">By how much the positive had to be more alike.</param>
/// <param name="TripletCount">Number of triplets.</param>
public sealed record TripletMetrics(double Cosine, double Dot, double Euclidean, double Manhattan, double Margin, int TripletCount)
{
    /// <summary>The best of all functions.</summary>
    public double MaxAccuracy => Math.Max(Math.Max(Cosine, Dot), Math.Max(Euclidean, Manhattan));

    /// <summary>The figures on one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{TripletCount} triplets, margin {Margin}: accuracy by cosine {Cosine:f4}, dot {Dot:f4}, Euclidean {Euclidean:f4}, Manhattan {Manhattan:f4}");
}
