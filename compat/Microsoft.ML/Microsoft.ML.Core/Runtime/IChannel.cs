namespace Microsoft.ML.Runtime;

/// <summary>
/// Takes log messages, which reach <c>MLContext.Log</c>. With arguments, the text is a format of <see cref="string.Format(string, object[])"/>.
/// </summary>
public interface IChannel : IPipe<ChannelMessage>
{
    /// <summary>A detail.</summary>
    void Trace(MessageSensitivity sensitivity, string fmt);

    /// <summary>A detail.</summary>
    void Trace(MessageSensitivity sensitivity, string fmt, params object[] args);

    /// <summary>A failure.</summary>
    void Error(MessageSensitivity sensitivity, string fmt);

    /// <summary>A failure.</summary>
    void Error(MessageSensitivity sensitivity, string fmt, params object[] args);

    /// <summary>Something doubtful.</summary>
    void Warning(MessageSensitivity sensitivity, string fmt);

    /// <summary>Something doubtful.</summary>
    void Warning(MessageSensitivity sensitivity, string fmt, params object[] args);

    /// <summary>Something worth knowing.</summary>
    void Info(MessageSensitivity sensitivity, string fmt);

    /// <summary>Something worth knowing.</summary>
    void Info(MessageSensitivity sensitivity, string fmt, params object[] args);
}
