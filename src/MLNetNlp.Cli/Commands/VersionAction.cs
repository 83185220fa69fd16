using System.CommandLine;
using System.CommandLine.Invocation;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>--version</c> without the source revision.</summary>
internal sealed class VersionAction(string version) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(version);
        return CommandLine.Done;
    }
}
