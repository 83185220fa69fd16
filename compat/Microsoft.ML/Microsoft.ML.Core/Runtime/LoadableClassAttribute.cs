namespace Microsoft.ML.Runtime;

/// <summary>Says that saved models may name a component of this assembly.</summary>
internal abstract class LoadableClassAttributeBase : Attribute
{
    private protected LoadableClassAttributeBase(string summary, Type instType, Type loaderType, Type argType, Type[] sigTypes, string userName,
        string[] loadNames)
    {
        ArgumentNullException.ThrowIfNull(instType);
        ArgumentNullException.ThrowIfNull(loaderType);
        ArgumentNullException.ThrowIfNull(sigTypes);
        if (loadNames is null or [])
        {
            loadNames = [userName];
        }

        if (loadNames.Any(string.IsNullOrWhiteSpace))
        {
            throw Errors.Parameter("LoadableClass loadName parameter can't be empty", nameof(loadNames));
        }

        Summary = summary;
        InstanceType = instType;
        LoaderType = loaderType;
        ArgType = argType;
        SigTypes = sigTypes;
        UserName = userName;
        LoadNames = loadNames;
    }

    public string Summary { get; }

    /// <summary>What loading gives.</summary>
    public Type InstanceType { get; }

    /// <summary>What has the constructor or the Create method.</summary>
    public Type LoaderType { get; }

    public Type ArgType { get; }

    public Type[] SigTypes { get; }

    public string UserName { get; }

    public string[] LoadNames { get; }
}

/// <inheritdoc/>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute : LoadableClassAttributeBase
{
    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(null, instType, instType, argType, [sigType], userName, loadNames)
    {
    }

    public LoadableClassAttribute(Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(null, instType, loaderType, argType, [sigType], userName, loadNames)
    {
    }

    public LoadableClassAttribute(string summary, Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(summary, instType, instType, argType, [sigType], userName, loadNames)
    {
    }

    public LoadableClassAttribute(string summary, Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(summary, instType, loaderType, argType, [sigType], userName, loadNames)
    {
    }
}
