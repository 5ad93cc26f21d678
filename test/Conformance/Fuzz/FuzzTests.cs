using System.Diagnostics;
using System.Text.Json.Nodes;

namespace KubeFed.Conformance.Fuzz;

/// <summary>
/// Whatever is sent, it is answered in time by the object or by a Status with a code of the 400s; what is refused leaves nothing behind; and
/// what is accepted does not spoil what others read. Seeded; longer with <c>KUBEFED_FUZZ_SECONDS</c> and elsewhere with <c>KUBEFED_FUZZ_SEED</c>.
/// </summary>
[TestFixture]
[NonParallelizable]
public sealed class FuzzTests
{
    private static readonly string[] Views =
        ["application/json", "application/yaml", "application/json;as=Table;v=v1;g=meta.k8s.io", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"];

    // What kube-apiserver too answers with 500 or 504.
    private static readonly string[] KnownFailures =
    [
        "failed to create typed patch object", "failed to create typed live object", "failed to create typed new object", "resourceVersion should not be set on objects to be created",
        "the spec replicas field", "Too large resource version", "resourceVersion: Invalid value",
    ];

    private const int MostFaults = 8;
    private const int Fewest = 50;
    private static readonly byte[] Label = """{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"w","labels":{"other":"1"}}}"""u8.ToArray();
    private FuzzServer _server = null!;
    private readonly List<string> _unobserved = [];

    private static double Seconds => double.TryParse(Environment.GetEnvironmentVariable("KUBEFED_FUZZ_SECONDS"), out double seconds) ? seconds : 3;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("KUBEFED_FUZZ_SEED"), out int seed) ? seed : 1;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        TaskScheduler.UnobservedTaskException += Note;
        _server = await FuzzServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= Note;
        Assert.That(_unobserved, Is.Empty);
    }

    [Test]
    public Task JsonBody_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.JsonBody());

    [Test]
    public Task YamlBody_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.YamlBody());

    [Test]
    public Task JsonPatch_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.JsonPatch());

    [Test]
    public Task MergePatch_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.MergePatch());

    [Test]
    public Task StrategicPatch_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.StrategicPatch());

    [Test]
    public Task Apply_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.Apply());

    [Test]
    public Task DeleteOptions_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.DeleteBody());

    [Test]
    public Task Selectors_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.Selectors());

    [Test]
    public Task ContinueToken_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.ContinueToken());

    [Test]
    public Task Query_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.Query());

    [Test]
    public Task Headers_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.Headers());

    [Test]
    public Task Path_Mutated_IsAnsweredInOrder() => FuzzAsync(static maker => maker.Path());

    [Test]
    public async Task Bytes_Mutated_LeaveTheServerAlive()
    {
        var maker = new RequestMaker(new Mutator(new Random(Seed)));
        var faults = new List<string>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < Seconds && faults.Count < MostFaults;)
        {
            byte[] request = maker.Raw();
            string answer = await _server.SendRawAsync(request);
            string what = $"{System.Text.Encoding.Latin1.GetString(request)}\n->\n{answer}";
            AddErrors(faults, what);
            if (answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal))
            {
                faults.Add(what);
            }
        }

        Assert.That(faults, Is.Empty);
        using HttpResponseMessage alive = await _server.Client.GetAsync(new Uri("/version", UriKind.Relative));
        Assert.That((int)alive.StatusCode, Is.EqualTo(200));
    }

    private async Task FuzzAsync(Func<RequestMaker, FuzzRequest> make)
    {
        var maker = new RequestMaker(new Mutator(new Random(Seed)));
        var faults = new List<string>();
        int accepted = 0;
        int count = 0;
        for (var clock = Stopwatch.StartNew(); (count < Fewest || clock.Elapsed.TotalSeconds < Seconds) && faults.Count < MostFaults; count++)
        {
            maker.Revision = await EnsureWidgetAsync();
            if (count % 100 == 99)
            {
                await RemoveAsync();
            }

            FuzzRequest request = make(maker);
            string name = $"request {count} of seed {Seed}: {request}";
            long before = await _server.RevisionAsync();
            int code = await SendAsync(request, name, faults);
            bool changed = await _server.RevisionAsync() != before;
            bool mayChange = code < 300 && request.Method is not ("GET" or "HEAD" or "OPTIONS") && !request.Url.Contains("dryRun=All", StringComparison.Ordinal);
            if (changed && !mayChange)
            {
                faults.Add($"{code}, but something was written by {name}");
            }

            accepted += code < 300 ? 1 : 0;
            if (changed && !await IsReadableAsync(name, faults))
            {
                await RemoveAsync();
            }
        }

        await TestContext.Out.WriteLineAsync($"{count} requests, {accepted} accepted");
        Assert.That(faults, Is.Empty);
    }

    private async Task<int> SendAsync(FuzzRequest request, string name, List<string> faults)
    {
        using HttpRequestMessage message = request.ToMessage();
        using HttpResponseMessage answer = await _server.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        int code = (int)answer.StatusCode;
        bool watch = code == 200 && request.Url.Contains("watch", StringComparison.Ordinal);
        string text = watch ? string.Empty : await answer.Content.ReadAsStringAsync();
        string what = $"{name}\n-> {code} {text[..Math.Min(text.Length, 2000)]}";
        AddErrors(faults, what);
        bool known = code < 500 || (request.Method == "HEAD" && request.Url.Contains("/scale", StringComparison.Ordinal)) || KnownFailures.Any(failure => text.Contains(failure, StringComparison.Ordinal));
        if (!known || code is < 200 or (>= 300 and < 304))
        {
            faults.Add(what);
        }

        if (code >= 400 && request.Method != "HEAD" && answer.Content.Headers.ContentType?.MediaType == "application/json")
        {
            JsonNode status = JsonNode.Parse(text)!;
            if (((string?)status["kind"], (int?)status["code"], (string?)status["status"]) != ("Status", code, "Failure"))
            {
                faults.Add($"no Status: {what}");
            }
        }

        return code;
    }

    // What was accepted can be read in every form, and be changed by others.
    private async Task<bool> IsReadableAsync(string name, List<string> faults)
    {
        int before = faults.Count;
        foreach (string view in Views)
        {
            using var list = new HttpRequestMessage(HttpMethod.Get, new Uri(FuzzTypes.Collection, UriKind.Relative));
            list.Headers.TryAddWithoutValidation("Accept", view);
            using HttpResponseMessage answer = await _server.Client.SendAsync(list);
            string text = await answer.Content.ReadAsStringAsync();
            AddErrors(faults, $"a list as {view} after {name}");
            if ((int)answer.StatusCode != 200 || (view != "application/yaml" && !IsJson(text)))
            {
                faults.Add($"a list as {view} is {(int)answer.StatusCode} after {name}\n{text[..Math.Min(text.Length, 2000)]}");
            }
        }

        using HttpRequestMessage label = new FuzzRequest("PATCH", FuzzTypes.Collection + "/w?fieldManager=other&force=true", Label, "application/apply-patch+yaml").ToMessage();
        using HttpResponseMessage applied = await _server.Client.SendAsync(label);
        string result = await applied.Content.ReadAsStringAsync();
        AddErrors(faults, $"an apply after {name}");
        if ((int)applied.StatusCode is not (200 or 201 or 409 or 422))
        {
            faults.Add($"an apply is {(int)applied.StatusCode} after {name}\n{result[..Math.Min(result.Length, 2000)]}");
        }

        return faults.Count == before;
    }

    private void AddErrors(List<string> faults, string what)
    {
        foreach (string error in _server.Log.Take().Select(static entry => entry.ToString()))
        {
            faults.Add($"{what}\nlogged: {error[..Math.Min(error.Length, 4000)]}");
        }
    }

    private async Task RemoveAsync()
    {
        byte[] bare = """{"metadata":{"finalizers":null}}"""u8.ToArray();
        using HttpRequestMessage free = new FuzzRequest("PATCH", FuzzTypes.Collection + "/w", bare, "application/merge-patch+json").ToMessage();
        using HttpResponseMessage freed = await _server.Client.SendAsync(free);
        using HttpResponseMessage deleted = await _server.Client.DeleteAsync(new Uri(FuzzTypes.Collection, UriKind.Relative));
        _server.Log.Take();
    }

    private static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { MaxDepth = 2000 }) is not null;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private async Task<string> EnsureWidgetAsync()
    {
        using HttpResponseMessage found = await _server.Client.GetAsync(new Uri(FuzzTypes.Collection + "/w", UriKind.Relative));
        if (found.IsSuccessStatusCode)
        {
            return RevisionOf(await found.Content.ReadAsStringAsync());
        }

        using HttpRequestMessage create = new FuzzRequest("POST", FuzzTypes.Collection, System.Text.Encoding.UTF8.GetBytes(FuzzTypes.Widget)).ToMessage();
        using HttpResponseMessage created = await _server.Client.SendAsync(create);
        string text = await created.Content.ReadAsStringAsync();
        Assert.That((int)created.StatusCode, Is.EqualTo(201), text);
        return RevisionOf(text);
    }

    private static string RevisionOf(string text) => (string)JsonNode.Parse(text, documentOptions: new() { MaxDepth = 2000 })!["metadata"]!["resourceVersion"]!;

    private void Note(object? sender, UnobservedTaskExceptionEventArgs e)
    {
        lock (_unobserved)
        {
            _unobserved.Add($"{e.Exception}");
        }
    }
}
