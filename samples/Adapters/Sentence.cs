namespace AdaptersSample;

internal sealed class Sentence
{
    public string Tokens { get; set; } = "";
}
