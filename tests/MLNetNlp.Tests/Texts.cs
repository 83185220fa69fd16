namespace MLNetNlp.Tests;

/// <summary>Short sentences on three topics, in three lengths, that a tiny model tells apart after a few epochs.</summary>
internal static class Texts
{
    private static readonly (string Topic, string[] Words)[] Topics =
    [
        ("sport", ["goal", "match", "team", "coach", "league", "score", "striker", "referee"]),
        ("food", ["soup", "bread", "taste", "chef", "recipe", "oven", "garlic", "dessert"]),
        ("tech", ["compiler", "kernel", "network", "packet", "thread", "cache", "server", "driver"]),
    ];

    private static readonly string[] Common =
        ["the", "a", "was", "is", "in", "of", "and", "with", "very", "good", "late", "my", "we", "saw", "last", "night", "today", "for", "not", "it",
            "again", "old", "new", "small"];

    /// <summary>All words of more than a letter, for a vocabulary.</summary>
    public static IEnumerable<string> Words => Topics.SelectMany(t => t.Words).Concat(Common).Where(w => w.Length > 1);

    /// <summary>The topics' names.</summary>
    public static string[] Names => [.. Topics.Select(t => t.Topic)];

    public static List<Review> Reviews(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Review { Label = Topics[i % 3].Topic, Text = Sentence(random, i % 3), Number = i })];
    }

    /// <summary>Whether a text is on food.</summary>
    public static List<Opinion> Opinions(int count, int seed = 2)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Opinion { Label = i % 2 == 1, Text = Sentence(random, i % 2) })];
    }

    /// <summary>What the second of two texts is on; the first is on either topic, so that only the second tells.</summary>
    public static List<Pair> Pairs(int count, int seed = 3)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
                new Pair { Label = Topics[i % 2].Topic, First = Sentence(random, random.Next(2)), Second = Sentence(random, i % 2) }),
        ];
    }

    private static string Sentence(Random random, int topic) => string.Join(' ', Enumerable.Range(0, random.Next(4, 16)).Select(i =>
        i % 2 == 1 ? Topics[topic].Words[random.Next(Topics[topic].Words.Length)] : Common[random.Next(Common.Length)])) + ".";
}
