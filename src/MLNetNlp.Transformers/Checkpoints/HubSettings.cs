namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Options with the environment's values filled in, by the rules of Hugging Face's own library.</summary>
internal sealed record HubSettings(Uri Endpoint, string CacheFolder, string? Token, bool Offline)
{
    private const string DefaultEndpoint = "https://huggingface.co";

    public static HubSettings Create(HubOptions options, Func<string, string?> environment)
    {
        var home = Path.Combine(Variable("XDG_CACHE_HOME") ?? Path.Combine(UserFolder, ".cache"), "huggingface");
        home = Variable("HF_HOME") ?? home;
        var endpoint = options.Endpoint ?? ParseEndpoint(Variable("HF_ENDPOINT") ?? DefaultEndpoint);
        return new HubSettings(
            new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/"),
            Path.GetFullPath(options.CacheFolder ?? Variable("HF_HUB_CACHE") ?? Variable("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(home, "hub")),
            Clean(options.Token ?? ImplicitToken()),
            options.Offline ?? (IsTrue(Variable("HF_HUB_OFFLINE")) || IsTrue(Variable("TRANSFORMERS_OFFLINE"))));

        string? Variable(string name) => environment(name) is { Length: > 0 } value ? Expand(value) : null;

        string? ImplicitToken()
        {
            if (IsTrue(Variable("HF_HUB_DISABLE_IMPLICIT_TOKEN")))
                return null;
            if ((Variable("HF_TOKEN") ?? Variable("HUGGING_FACE_HUB_TOKEN")) is { } token)
                return token;
            var path = Variable("HF_TOKEN_PATH") ?? Path.Combine(home, "token");
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
    }

    private static string UserFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string Expand(string value) => value == "~" || value.StartsWith("~/", StringComparison.Ordinal) ? UserFolder + value[1..] : value;

    private static bool IsTrue(string? value) => value?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    private static string? Clean(string? token) => token?.Replace("\r", "").Replace("\n", "").Trim() is { Length: > 0 } clean ? clean : null;

    private static Uri ParseEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new ArgumentException($"HF_ENDPOINT is '{text}', but must be an http or https address such as {DefaultEndpoint}.");
}
