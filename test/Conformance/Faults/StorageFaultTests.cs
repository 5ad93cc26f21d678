using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using KubeFed.Conformance.Faults.Programs;
using KubeFed.Conformance.Faults.Storms;
using KubeFed.TestSupport.Clusters.Etcd;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Faults;

/// <summary>What a server does whose storage is full, gone or hung, and that it recovers by itself.</summary>
[TestFixture]
[NonParallelizable]
public sealed class StorageFaultTests
{
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(7);

    [Test]
    public async Task Sqlite_DiskFull_WritesFailReadsGoOnAndItRecovers()
    {
        using var folder = new TempFolder();
        string disk = folder.Combine("disk");
        Directory.CreateDirectory(disk);
        if (!await MountAsync("-t", "tmpfs", "-o", "size=8m", "tmpfs", disk))
        {
            Assert.Ignore("a bounded file system can only be mounted by root");
        }

        try
        {
            await using var sandbox = new ProcessSandbox("full");
            await using ApiServerProgram server = await ApiServerProgram.StartAsync(sandbox, "apiserver", Path.Combine(disk, "data"));
            using HttpClient client = server.NewClient();
            await Namespaces.EnsureAsync(client, Records.Namespace);
            int written = await FillAsync(client);

            Assert.That((await ListAsync(client)).Count, Is.EqualTo(written), "reads go on");
            await Eventually.True(async () => await server.CodeOfAsync("readyz") != HttpStatusCode.OK, "readyz tells");
            Assert.That(await server.CodeOfAsync("livez"), Is.EqualTo(HttpStatusCode.OK), "starting anew would not help");
            Assert.That(await MountAsync("-o", "remount,size=64m", disk), Is.True);
            await Eventually.True(async () => (await CreateAsync(client, "room", 10)).Code == 201, "writes succeed when there is room");
            await Eventually.True(async () => await server.CodeOfAsync("readyz") == HttpStatusCode.OK, "readyz is well again");
            await server.KillAsync();
            await server.RestartAsync();
            Assert.That(await ListAsync(client), Has.Count.EqualTo(written + 1), "nothing is lost or made up");
        }
        finally
        {
            await ProcessRunner.RunAsync("umount", ["-l", disk]);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Etcd_GoneOrHung_CachedReadsGoOnTheRestFailsFastAndItRecovers(bool hung)
    {
        Assume.That(EtcdServer.Unavailable, Is.Null);
        await using EtcdServer etcd = await EtcdServer.StartAsync();
        await using var sandbox = new ProcessSandbox("outage");
        await using ApiServerProgram server =
            await ApiServerProgram.StartAsync(sandbox, "apiserver", null, "--storage-backend=etcd", $"--etcd-servers={etcd.Endpoints[0]}");
        using HttpClient client = server.NewClient();
        await Namespaces.EnsureAsync(client, Records.Namespace);
        Assert.That((await CreateAsync(client, "a", 10)).Code, Is.EqualTo(201));
        await Eventually.True(async () => (int)await server.CodeOfAsync($"{Records.Collection}/a?resourceVersion=0") == 200, "the object is in the cache");

        ManagedProcess member = etcd.Members[0].Process;
        await (hung ? Task.Run(member.Pause) : member.KillAsync());
        await AssertDegradedAsync(server, client);
        if (hung)
        {
            member.Resume();
        }
        else
        {
            member.Start();
        }

        await Eventually.True(async () => (await CreateAsync(client, "b", 10)).Code is 201 or 409, "writes succeed again", TimeSpan.FromSeconds(60));
        await server.WaitUntilReadyAsync();
        Assert.That((await ListAsync(client)).Select(item => (string)item!["metadata"]!["name"]!), Is.SupersetOf(["a", "b"]));
    }

    private static async Task AssertDegradedAsync(ApiServerProgram server, HttpClient client)
    {
        Assert.That((int)await server.CodeOfAsync($"{Records.Collection}/a?resourceVersion=0"), Is.EqualTo(200), "get from the cache");
        Assert.That((int)await server.CodeOfAsync($"{Records.Collection}?resourceVersion=0"), Is.EqualTo(200), "list from the cache");
        AssertFailsFast(await SendAsync(client, HttpMethod.Get, $"{Records.Collection}/a", null), "consistent get");
        AssertFailsFast(await SendAsync(client, HttpMethod.Get, Records.Collection, null), "consistent list");
        AssertFailsFast(await CreateAsync(client, "b", 10), "create");
        AssertFailsFast(await SendAsync(client, HttpMethod.Delete, $"{Records.Collection}/a", null), "delete");
        await Eventually.True(async () => await server.CodeOfAsync("readyz") != HttpStatusCode.OK, "readyz tells");
        Assert.That(await server.CodeOfAsync("livez"), Is.EqualTo(HttpStatusCode.OK), "starting anew would not help");
        Assert.That(server.Process.TailLog(200), Does.Contain("storage"), "the log says why");
        Assert.That((int)await server.CodeOfAsync($"{Records.Collection}/a?resourceVersion=0"), Is.EqualTo(200), "get from the cache, later");
    }

    private static void AssertFailsFast(Answer answer, string what)
    {
        Assert.That(answer.Code, Is.AnyOf(503, 504), $"{what}: {answer.Body}");
        Assert.That((string?)answer.Body!["kind"], Is.EqualTo("Status"), what);
        Assert.That(answer.RetryAfter, Is.True, $"{what} says when to come back: {answer.Body}");
        Assert.That(answer.Took, Is.LessThan(Fast), what);
    }

    private static async Task<int> FillAsync(HttpClient client)
    {
        for (int i = 0; i < 500; i++)
        {
            Answer answer = await CreateAsync(client, $"f{i}", 100_000);
            if (answer.Code == 507)
            {
                Assert.That(((string?)answer.Body!["kind"], (int?)answer.Body["code"], (string?)answer.Body["status"]), Is.EqualTo(("Status", 507, "Failure")));
                return i;
            }

            Assert.That(answer.Code, Is.EqualTo(201), $"{answer.Body}");
        }

        throw new AssertionException("it was never full");
    }

    private static Task<Answer> CreateAsync(HttpClient client, string name, int size) =>
        SendAsync(client, HttpMethod.Post, Records.Collection, Records.Json(name, new string('x', size), null));

    private static async Task<JsonArray> ListAsync(HttpClient client)
    {
        Answer answer = await SendAsync(client, HttpMethod.Get, Records.Collection, null);
        Assert.That(answer.Code, Is.EqualTo(200), $"{answer.Body}");
        return answer.Body!["items"]!.AsArray();
    }

    private static async Task<Answer> SendAsync(HttpClient client, HttpMethod method, string path, string? body)
    {
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : Records.Content(body) };
        using HttpResponseMessage answer = await client.SendAsync(request);
        return new Answer((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()), answer.Headers.RetryAfter is not null, clock.Elapsed);
    }

    private static async Task<bool> MountAsync(params string[] arguments)
    {
        try
        {
            return (await ProcessRunner.RunAsync("mount", arguments)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private sealed record Answer(int Code, JsonNode? Body, bool RetryAfter, TimeSpan Took);
}
