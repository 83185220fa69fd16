using System.Net;
using System.Text;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Tests.Checkpoints;

[TestClass]
public sealed class HubClientTests : IDisposable
{
    private const string Id = "org/model";

    private readonly FakeHub _hub = new();
    private readonly string _home = Directory.CreateTempSubdirectory("mlnetnlp-hub-").FullName;
    private readonly List<string> _log = [];

    public HubClientTests()
    {
        var weights = new byte[3_000_000];
        new Random(1).NextBytes(weights);
        _hub.Files["config.json"] = Encoding.UTF8.GetBytes(TestFiles.Config);
        _hub.Files["model.safetensors"] = weights;
        _hub.Files["vocab.txt"] = "[PAD]\n[UNK]\n"u8.ToArray();
        _hub.Files["1_Pooling/config.json"] = "{}"u8.ToArray();
        _hub.Files["pytorch_model.bin"] = [1];
        _hub.Files["onnx/model.onnx"] = [2];
        _hub.Files["../evil/config.json"] = [3];
        _hub.Large.Add("model.safetensors");
    }

    private string Repository => Path.Combine(_home, "hub", "models--org--model");

    private string Snapshot => Path.Combine(Repository, "snapshots", FakeHub.Commit);

    private string Blob(string name) => Path.Combine(Repository, "blobs", _hub.EtagOf(name));

    [TestMethod]
    public void A_model_is_downloaded_into_Hugging_Faces_cache_layout()
    {
        var reports = new List<HubProgress>();
        var folder = Client(new HubOptions { Progress = new Reports(reports) }).Download(Id);

        Assert.AreEqual(Snapshot, folder);
        CollectionAssert.AreEquivalent(
            new[] { "config.json", "model.safetensors", "vocab.txt", "1_Pooling/config.json" }, ModelFiles.FromDirectory(folder).Names.ToArray());
        foreach (var name in ModelFiles.FromDirectory(folder).Names)
        {
            CollectionAssert.AreEqual(_hub.Files[name], File.ReadAllBytes(Path.Combine(folder, name)), name);
            CollectionAssert.AreEqual(_hub.Files[name], File.ReadAllBytes(Blob(name)), name);
        }

        Assert.AreEqual(FakeHub.Commit, File.ReadAllText(Path.Combine(Repository, "refs", "main")));
        Assert.IsFalse(Directory.EnumerateFiles(Path.Combine(Repository, "blobs"), "*.incomplete").Any());
        Assert.AreEqual(new HubProgress("model.safetensors", 3_000_000, 3_000_000), reports[^1]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual($"../../blobs/{_hub.EtagOf("config.json")}", new FileInfo(Path.Combine(folder, "config.json")).LinkTarget);
            Assert.AreEqual(
                $"../../../blobs/{_hub.EtagOf("1_Pooling/config.json")}", new FileInfo(Path.Combine(folder, "1_Pooling", "config.json")).LinkTarget);
        }
    }

    [TestMethod]
    public void What_the_cache_has_is_not_asked_for_again()
    {
        Client().Download(Id);
        _hub.Requests.Clear();
        Assert.AreEqual(Snapshot, Client().Download(Id));
        Assert.AreEqual("/api/models/org/model/revision/main", _hub.Requests.Single().Path);

        // A file that someone removed comes back alone; a link to a blob that is gone counts as removed.
        File.Delete(Blob("vocab.txt"));
        _hub.Requests.Clear();
        Client().Download(Id);
        Assert.HasCount(3, _hub.Requests);
        CollectionAssert.AreEqual(_hub.Files["vocab.txt"], File.ReadAllBytes(Path.Combine(Snapshot, "vocab.txt")));
    }

    [TestMethod]
    public void A_cut_connection_is_taken_up_where_it_ended()
    {
        _hub.Cuts = 2;
        Client().Download(Id);
        CollectionAssert.AreEqual(_hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
        var ranges = _hub.Requests.Where(r => r.Host == "store").Select(r => r.Range).ToArray();
        Assert.HasCount(3, ranges);
        Assert.IsNull(ranges[0]);
        var starts = ranges.Skip(1).Select(r => int.Parse(r!["bytes=".Length..^1])).ToArray();
        Assert.IsTrue(starts[0] > 0 && starts[1] > starts[0], string.Join(", ", starts));
        Assert.HasCount(2, _log.Where(line => line.Contains("Trying again")));
    }

    [TestMethod]
    public void An_interrupted_download_is_taken_up_by_the_next_process()
    {
        LeaveIncomplete(_hub.Files["model.safetensors"].AsSpan(0, 1_000_000));
        Client().Download(Id);
        Assert.AreEqual("bytes=1000000-", _hub.Requests.Single(r => r.Host == "store").Range);
        CollectionAssert.AreEqual(_hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
    }

    [TestMethod]
    public void A_server_without_ranges_sends_the_whole_file_again()
    {
        _hub.IgnoreRange = true;
        LeaveIncomplete(_hub.Files["model.safetensors"].AsSpan(0, 1_000_000));
        Client().Download(Id);
        CollectionAssert.AreEqual(_hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
    }

    [TestMethod]
    public void A_damaged_part_of_an_earlier_download_is_replaced()
    {
        LeaveIncomplete(new byte[2_000_000]);
        Client().Download(Id);
        Assert.AreEqual(2, _hub.Count("store"));
        CollectionAssert.AreEqual(_hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
    }

    [TestMethod]
    public void A_wrong_hash_is_refused_and_nothing_is_kept()
    {
        _hub.Tamper = bytes => [(byte)(bytes[0] ^ 1), .. bytes[1..]];
        var error = Assert.ThrowsExactly<HubException>(() => Client().Download(Id));
        StringAssert.Contains(error.Message, "'model.safetensors'");
        StringAssert.Contains(error.Message, FakeHub.Sha256(_hub.Files["model.safetensors"]));
        Assert.IsFalse(File.Exists(Path.Combine(Snapshot, "model.safetensors")));
        Assert.IsFalse(File.Exists(Blob("model.safetensors")) || File.Exists(Blob("model.safetensors") + ".incomplete"));
        Assert.IsFalse(File.Exists(Path.Combine(Repository, "refs", "main")));
    }

    [TestMethod]
    public void A_longer_file_than_announced_is_refused()
    {
        _hub.Tamper = bytes => [.. bytes, 0];
        StringAssert.Contains(Assert.ThrowsExactly<HubException>(() => Client().Download(Id)).Message, "longer than the 3000000 bytes");
        Assert.IsFalse(File.Exists(Blob("model.safetensors")));
    }

    [TestMethod]
    public void A_shorter_file_than_announced_is_refused_after_some_attempts()
    {
        _hub.Tamper = bytes => bytes[..1000];
        StringAssert.Contains(Assert.ThrowsExactly<HubException>(() => Client().Download(Id)).Message, "is kept for the next attempt");
        Assert.IsFalse(File.Exists(Blob("model.safetensors")));
    }

    [TestMethod]
    public void The_token_is_sent_to_the_hub_and_to_no_other_host()
    {
        _hub.RequiredToken = "hf_secret";
        Client(new HubOptions { Token = " hf_secret\n" }).Download(Id);
        Assert.IsTrue(_hub.Requests.Where(r => r.Host == "hub").All(r => r.Authorization == "Bearer hf_secret"));
        Assert.IsTrue(_hub.Requests.Where(r => r.Host == "store").All(r => r.Authorization is null));
        Assert.AreEqual(1, _hub.Count("store"));
    }

    [TestMethod]
    public void The_environment_gives_token_cache_and_endpoint()
    {
        File.WriteAllText(Path.Combine(_home, "token"), "from-file\n");
        _hub.RequiredToken = "from-file";
        var environment = new Dictionary<string, string?> { ["HF_HOME"] = _home, ["HF_ENDPOINT"] = _hub.Endpoint.ToString() };
        Assert.AreEqual(Snapshot, new HubClient(new HubOptions(), environment.GetValueOrDefault).Download(Id));

        environment["HF_TOKEN"] = _hub.RequiredToken = "from-variable";
        environment["HF_HUB_CACHE"] = Path.Combine(_home, "elsewhere");
        var client = new HubClient(new HubOptions(), environment.GetValueOrDefault);
        Assert.AreEqual(Path.Combine(_home, "elsewhere"), client.CacheFolder);
        StringAssert.StartsWith(client.Download(Id), Path.Combine(_home, "elsewhere", "models--org--model"));
    }

    [TestMethod]
    [DataRow(null, HttpStatusCode.Unauthorized, "set HF_TOKEN")]
    [DataRow("wrong", HttpStatusCode.Forbidden, "the access token that was sent gives no access")]
    public void Without_access_the_error_says_what_to_do(string? token, HttpStatusCode status, string message)
    {
        _hub.RequiredToken = "right";
        var error = Assert.ThrowsExactly<HubException>(() => Client(new HubOptions { Token = token ?? "" }).Download(Id));
        Assert.AreEqual(status, error.StatusCode);
        StringAssert.Contains(error.Message, "'org/model'");
        StringAssert.Contains(error.Message, message);
        Assert.DoesNotContain("wrong", error.Message);
    }

    [TestMethod]
    public void A_missing_repository_or_revision_is_named()
    {
        var error = Assert.ThrowsExactly<HubException>(() => Client().Download("org/typo"));
        Assert.AreEqual(HttpStatusCode.NotFound, error.StatusCode);
        StringAssert.Contains(error.Message, "'org/typo'");
        _hub.ErrorCode = "RevisionNotFound";
        StringAssert.Contains(Assert.ThrowsExactly<HubException>(() => Client().Download(Id, "v9")).Message, "has no revision 'v9'");
    }

    [TestMethod]
    public void A_revision_can_be_a_commit_or_a_name_with_slashes()
    {
        Assert.AreEqual(Snapshot, Client().Download(Id, FakeHub.Commit));
        Assert.IsFalse(Directory.Exists(Path.Combine(Repository, "refs")));
        Assert.AreEqual(Snapshot, Client().Download(Id, "refs/pr/1"));
        Assert.AreEqual(FakeHub.Commit, File.ReadAllText(Path.Combine(Repository, "refs", "refs", "pr", "1")));
        Assert.AreEqual(1, _hub.Count("store"));
    }

    [TestMethod]
    public void Offline_only_the_cache_is_used()
    {
        var offline = Client(new HubOptions { Offline = true });
        var error = Assert.ThrowsExactly<HubException>(() => offline.Download(Id));
        StringAssert.Contains(error.Message, "'org/model'");
        StringAssert.Contains(error.Message, "HF_HUB_OFFLINE");
        Assert.IsEmpty(_hub.Requests);

        Client().Download(Id);
        _hub.Requests.Clear();
        Assert.AreEqual(Snapshot, offline.Download(Id));
        Assert.AreEqual(Snapshot, offline.Download(Id, FakeHub.Commit));
        Assert.IsEmpty(_hub.Requests);
        var environment = new Dictionary<string, string?> { ["HF_HOME"] = _home, ["HF_HUB_OFFLINE"] = "1" };
        Assert.AreEqual(Snapshot, new HubClient(new HubOptions(), environment.GetValueOrDefault).Download(Id));
    }

    [TestMethod]
    public void An_unreachable_hub_is_an_error_only_when_the_cache_lacks_the_model()
    {
        Client().Download(Id);
        _hub.Dispose();
        Assert.AreEqual(Snapshot, Client().Download(Id));
        Assert.IsTrue(_log.Any(line => line.Contains("cannot be reached")));
        var error = Assert.ThrowsExactly<HubException>(() => Client().Download(Id, "other"));
        StringAssert.Contains(error.Message, "cannot be reached");
        StringAssert.Contains(error.Message, "'other'");
    }

    [TestMethod]
    public void A_passing_failure_of_the_hub_is_tried_again()
    {
        _hub.Failures = 3;
        Client().Download(Id);
        Assert.HasCount(3, _log.Where(line => line.Contains("503")));
    }

    [TestMethod]
    public void Shards_are_downloaded_when_there_is_no_single_file()
    {
        _hub.Files.Remove("model.safetensors");
        _hub.Files["model.safetensors.index.json"] = """
            {"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
            """u8.ToArray();
        _hub.Files["model-00001-of-00002.safetensors"] = [1];
        _hub.Files["model-00002-of-00002.safetensors"] = [2];
        var folder = Client().Download(Id);
        Assert.IsTrue(File.Exists(Path.Combine(folder, "model-00002-of-00002.safetensors")));

        // Offline, a snapshot whose shard is gone is not one.
        File.Delete(Path.Combine(folder, "model-00002-of-00002.safetensors"));
        Assert.ThrowsExactly<HubException>(() => Client(new HubOptions { Offline = true }).Download(Id));
    }

    [TestMethod]
    public void A_repository_with_pickles_only_is_refused_before_anything_is_downloaded()
    {
        _hub.Files.Remove("model.safetensors");
        var error = Assert.ThrowsExactly<HubException>(() => Client().Download(Id));
        StringAssert.Contains(error.Message, "'pytorch_model.bin'");
        Assert.HasCount(1, _hub.Requests);
    }

    [TestMethod]
    public void A_download_can_be_cancelled_and_what_arrived_is_kept()
    {
        using var source = new CancellationTokenSource();
        var progress = new Cancelling(source);
        Assert.Throws<OperationCanceledException>(() => Client(new HubOptions { Progress = progress }).Download(Id, null, source.Token));
        Assert.IsGreaterThan(0, new FileInfo(Blob("model.safetensors") + ".incomplete").Length);
        Client().Download(Id);
        Assert.IsNotNull(_hub.Requests.Last(r => r.Host == "store").Range);
    }

    [TestMethod]
    public void Two_downloads_at_once_fetch_each_file_once()
    {
        Parallel.For(0, 4, _ => Client().Download(Id));
        Assert.AreEqual(1, _hub.Count("store"));
        CollectionAssert.AreEqual(_hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
    }

    [TestMethod]
    [DataRow("../../etc")]
    [DataRow("a/b/c")]
    [DataRow("org/..")]
    [DataRow("org/a--b")]
    [DataRow("org/a b")]
    [DataRow("/model")]
    public void A_malformed_id_is_refused(string id)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Client().Download(id));
        StringAssert.Contains(error.Message, $"'{id}'");
        Assert.IsEmpty(_hub.Requests);
    }

    [TestMethod]
    [DataRow("../main")]
    [DataRow("a/../../b")]
    [DataRow("")]
    public void A_malformed_revision_is_refused(string revision) => Assert.ThrowsExactly<ArgumentException>(() => Client().Download(Id, revision));

    public void Dispose()
    {
        _hub.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private HubClient Client(HubOptions? options = null) => new(
        (options ?? new HubOptions()) with
        {
            Endpoint = _hub.Endpoint,
            RetryDelay = TimeSpan.FromMilliseconds(5),
            Log = line =>
            {
                lock (_log)
                    _log.Add(line);
            },
        },
        name => name == "HF_HOME" ? _home : null);

    private void LeaveIncomplete(ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.Combine(Repository, "blobs"));
        File.WriteAllBytes(Blob("model.safetensors") + ".incomplete", bytes.ToArray());
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, reports in order and at once.</summary>
    private sealed class Reports(List<HubProgress> reports) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => reports.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<HubProgress>
    {
        public void Report(HubProgress value)
        {
            if (value.FileName == "model.safetensors")
                source.Cancel();
        }
    }
}
