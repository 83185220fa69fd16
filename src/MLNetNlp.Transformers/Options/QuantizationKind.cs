namespace MLNetNlp;

/// <summary>Which sixteen numbers weights of four bits stand for.</summary>
public enum QuantizationKind
{
    /// <summary>The quantiles of a normal distribution, which is what trained weights are like. The default. Dettmers et al. 2023, "QLoRA".</summary>
    Nf4,

    /// <summary>Floating-point numbers of a sign, two bits of exponent and one of mantissa.</summary>
    Fp4,
}
