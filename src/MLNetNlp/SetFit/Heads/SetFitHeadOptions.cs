namespace MLNetNlp;

/// <summary>The head of a SetFit model: <see cref="LogisticRegressionHeadOptions"/> or <see cref="DifferentiableHeadOptions"/>.</summary>
public abstract record SetFitHeadOptions
{
    private protected SetFitHeadOptions()
    {
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">An option has a value that makes no sense; the message names it.</exception>
    internal abstract void Validate();

    private protected static void Check(bool good, double value, string option, string needed)
    {
        if (!good)
            throw new ArgumentOutOfRangeException(option, value, FormattableString.Invariant($"'{option}' of the head is {value}; {needed} is needed."));
    }
}
