namespace MLNetNlp;

/// <summary>Vectors of several columns with their labels.</summary>
/// <param name="Columns">[rows, dimension] of each column, row by row.</param>
/// <param name="Dimension">Numbers per vector.</param>
/// <param name="Labels">A label for each row.</param>
/// <param name="LeftOut">Rows left out for want of a label.</param>
internal sealed record VectorRows<TLabel>(IReadOnlyList<float[]> Columns, int Dimension, TLabel[] Labels, int LeftOut);
