namespace MLNetNlp.Docs.Tests;

/// <summary>Every C# block of README.md and docs/*.md is a region of a file in Snippets, which the compiler has read.</summary>
[TestClass]
public sealed class SnippetTests
{
    [TestMethod]
    public void Each_code_block_of_the_documentation_is_compiled()
    {
        var regions = Directory.GetFiles(Path.Combine(TestPaths.Root, "tests", "MLNetNlp.Docs.Tests", "Snippets"), "*.cs").SelectMany(Regions).ToHashSet();
        var documents = Directory.GetFiles(Path.Combine(TestPaths.Root, "docs"), "*.md", SearchOption.AllDirectories).Prepend(Path.Combine(TestPaths.Root, "README.md"));
        var blocks = documents.SelectMany(document => Blocks(document).Select(block => (Document: Path.GetFileName(document), block.Line, block.Code))).ToList();
        Assert.IsNotEmpty(blocks);
        foreach (var (document, line, code) in blocks)
            Assert.Contains(code, regions, $"{document}, line {line}: no region in Snippets holds exactly this block.");
    }

    [TestMethod]
    public void Links_to_files_of_the_repository_lead_somewhere()
    {
        foreach (var document in Directory.GetFiles(Path.Combine(TestPaths.Root, "docs"), "*.md").Append(Path.Combine(TestPaths.Root, "README.md")))
        {
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(document), @"\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)"))
            {
                var target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value);
                Assert.IsTrue(File.Exists(target) || Directory.Exists(target), $"{Path.GetFileName(document)} links to {link.Groups[1].Value}, which is not there.");
            }
        }
    }

    private static IEnumerable<(int Line, string Code)> Blocks(string document)
    {
        var lines = File.ReadAllLines(document);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```csharp", StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(lines, i + 1, line => line.StartsWith("```", StringComparison.Ordinal));
            yield return (i + 1, string.Join('\n', lines[(i + 1)..end]));
            i = end;
        }
    }

    private static IEnumerable<string> Regions(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith("#region", StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(lines, i + 1, line => line.TrimStart().StartsWith("#endregion", StringComparison.Ordinal));
            var body = lines[(i + 1)..end];
            var indent = body.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
            yield return string.Join('\n', body.Select(line => line.Length > 0 ? line[indent..] : line));
        }
    }
}
