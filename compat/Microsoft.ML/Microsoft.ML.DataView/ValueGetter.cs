namespace Microsoft.ML;

/// <summary>Fetches the value of a column in the current row. The caller owns the buffer, which is reused where the type has one.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
