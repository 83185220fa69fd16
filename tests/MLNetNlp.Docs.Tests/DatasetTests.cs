using System.Security.Cryptography;
using System.Text.Json;
using MLNetNlp.Metrics.Tagging;

namespace MLNetNlp.Docs.Tests;

/// <summary>The data sets: the manifest of the public ones, and the one that is kept here.</summary>
[TestClass]
public sealed class DatasetTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Root, "datasets");

    [TestMethod]
    public void Each_set_of_the_manifest_says_what_it_is_and_what_was_checked()
    {
        var names = new HashSet<string>();
        foreach (var set in Sets())
        {
            var name = set.GetProperty("name").GetString()!;
            Assert.IsTrue(names.Add(name), $"{name} is there twice");
            foreach (var property in (string[])["title", "task", "use", "licence"])
                Assert.IsFalse(string.IsNullOrWhiteSpace(set.GetProperty(property).GetString()), $"{name}: {property}");
            _ = set.GetProperty("licenceVerified").GetBoolean();
            if (set.GetProperty("addressVerified").GetBoolean() || set.GetProperty("address").ValueKind != JsonValueKind.Null)
                Assert.IsTrue(Uri.TryCreate(set.GetProperty("address").GetString(), UriKind.Absolute, out _), $"{name}: address");
            foreach (var file in set.GetProperty("files").EnumerateArray())
            {
                Assert.HasCount(64, file.GetProperty("sha256").GetString()!, name);
                Assert.IsGreaterThan(0, file.GetProperty("rows").GetInt32(), name);
            }
        }

        Assert.HasCount(13, names);
    }

    [TestMethod]
    public void The_manifest_gives_the_size_and_hash_of_the_files_at_hand()
    {
        foreach (var file in Sets().SelectMany(set => set.GetProperty("files").EnumerateArray()))
        {
            var path = file.GetProperty("path").GetString()!;
            var bytes = File.ReadAllBytes(TestPaths.Shared(["data", .. path.Split('/')]));
            Assert.HasCount(file.GetProperty("bytes").GetInt32(), bytes, path);
            Assert.AreEqual(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)), path);
        }
    }

    [TestMethod]
    public void The_reviews_are_balanced_in_every_domain_and_none_is_in_both_files()
    {
        var train = Reviews("reviews.train.tsv");
        var test = Reviews("reviews.test.tsv");
        Assert.IsGreaterThanOrEqualTo(1000, train.Count + test.Count);
        foreach (var group in train.Concat(test).GroupBy(review => review.Domain))
            Assert.AreEqual(group.Count(review => review.Label == "positive"), group.Count(review => review.Label == "negative"), group.Key);
        Assert.AreEqual(train.Count + test.Count, train.Concat(test).Select(review => review.Text).Distinct().Count());
    }

    [TestMethod]
    public void The_questions_of_the_faq_have_an_entry_each_and_no_wording_comes_twice()
    {
        var folder = Path.Combine(Folder, "faq");
        var entries = File.ReadLines(Path.Combine(folder, "faq.tsv")).Skip(1).Select(line => line.Split('\t')).ToArray();
        Assert.IsGreaterThanOrEqualTo(120, entries.Length);
        Assert.IsTrue(entries.All(fields => fields.Length == 4 && fields.All(field => field.Length > 0)));
        var ids = entries.Select(fields => fields[0]).ToHashSet();
        Assert.HasCount(entries.Length, ids);
        List<string> wordings = [.. entries.Select(fields => fields[2])];
        foreach (var file in (string[])["queries.train.tsv", "queries.test.tsv"])
        {
            var queries = File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split('\t')).ToArray();
            Assert.IsGreaterThanOrEqualTo(100, queries.Length);
            foreach (var query in queries)
                Assert.Contains(query[0], ids, file);
            wordings.AddRange(queries.Select(query => query[1]));
        }

        Assert.HasCount(wordings.Count, wordings.Select(text => text.ToLowerInvariant()).Distinct());
    }

    [TestMethod]
    public void The_intents_are_balanced_and_no_message_is_there_twice()
    {
        var rows = new[] { "intents.train.tsv", "intents.test.tsv" }.Select(name => File.ReadLines(Path.Combine(Folder, "intents", name)).Skip(1).Select(line => line.Split('\t')).ToArray()).ToArray();
        foreach (var file in rows)
        {
            var intents = file.GroupBy(row => row[0]).ToArray();
            Assert.HasCount(8, intents);
            Assert.IsTrue(intents.All(intent => intent.Count() == 20));
        }

        Assert.HasCount(320, rows.SelectMany(file => file).Select(row => row[1]).Distinct());
    }

    [TestMethod]
    public void The_entity_sentences_are_well_formed_varied_and_in_one_file_only()
    {
        var train = ConllFile.Read(Path.Combine(Folder, "entities", "entities.train.conll"));
        var test = ConllFile.Read(Path.Combine(Folder, "entities", "entities.test.conll"));
        var all = train.Concat(test).ToArray();
        Assert.IsGreaterThanOrEqualTo(300, all.Length);
        Assert.AreEqual(all.Length, all.Select(sentence => string.Join(' ', sentence.Tokens)).Distinct().Count());
        foreach (var sentence in all)
        {
            var converted = TagConversion.Convert(sentence.Label, TagScheme.IOB2, TagScheme.IOB2);
            CollectionAssert.AreEqual(sentence.Label, converted, string.Join(' ', sentence.Tokens));
        }

        string[] types = ["DATE", "LOC", "ORG", "PER", "PRODUCT"];
        foreach (var set in (IEnumerable<TaggedTokens>[])[train, test])
        {
            var found = set.SelectMany(sentence => TagConversion.ToSpans(sentence.Label, TagScheme.IOB2)).GroupBy(span => span.Type).ToArray();
            CollectionAssert.AreEquivalent(types, found.Select(group => group.Key).ToArray());
            Assert.IsGreaterThanOrEqualTo(15, found.Min(group => group.Count()));
        }
    }

    private static List<(string Label, string Domain, string Text)> Reviews(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "reviews", name));
        Assert.AreEqual("Label\tDomain\tText", lines[0]);
        var reviews = lines.Skip(1).Select(line => line.Split('\t')).ToList();
        foreach (var fields in reviews)
        {
            Assert.HasCount(3, fields);
            Assert.IsTrue(fields[0] is "positive" or "negative", fields[0]);
            Assert.DoesNotContain("\"", fields[2]);
        }

        return [.. reviews.Select(fields => (fields[0], fields[1], fields[2]))];
    }

    private static List<JsonElement> Sets()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "manifest.json")));
        return [.. manifest.RootElement.GetProperty("sets").EnumerateArray().Select(set => set.Clone())];
    }
}
