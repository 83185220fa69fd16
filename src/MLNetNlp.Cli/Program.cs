using System.Text;
using MLNetNlp.Cli.Commands;

// Texts of any language come out as they went in, whatever the console's own encoding is.
Console.OutputEncoding = new UTF8Encoding(false);
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
