namespace MLNetNlp.Transformers.Losses;

/// <summary>Checks of losses' settings.</summary>
internal static class LossArgument
{
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public static float Positive(float value, string name) => value > 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"'{name}' is {value}; a finite number above 0 is needed."));

    /// <exception cref="ArgumentOutOfRangeException">Not a finite number of at least 0.</exception>
    public static float NotNegative(float value, string name) => value >= 0 && float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"'{name}' is {value}; a finite number of at least 0 is needed."));

    /// <exception cref="ArgumentOutOfRangeException">A number that the enumeration does not name.</exception>
    public static T Defined<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"'{name}' is {value}; needed is one of {string.Join(", ", Enum.GetNames<T>())}.");
}
