using System.Diagnostics;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.TestSupport.IO;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

[TestFixture]
[Platform(Exclude = "Win")]
[Parallelizable(ParallelScope.Self)]
public sealed class SqliteStorageKillTests
{
    private const int Kills = 20;

    /// <summary>A process writes as fast as it can and is killed, again and again, in every other round compacting as it goes.</summary>
    [Test]
    [CancelAfter(300_000)]
    public async Task Open_AfterProcessWasKilledInAStorm_HasEveryAcknowledgedWrite(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var path = folder.Combine("store.db");
        var random = new Random(20);
        Dictionary<string, StoredValue> settled = [];
        var newest = 1L;
        for (var round = 0; round < Kills; round++)
        {
            var acknowledged = await StormAsync(path, round, random.Next(1, 400), cancellationToken);
            await using var store = await SqliteStore.OpenAsync(path);
            settled = await CheckAsync(store, acknowledged, settled, newest);
            newest = (await store.ListAsync("/")).Revision;
        }
    }

    /// <summary>Kills a process after so many acknowledged writes.</summary>
    private static async Task<List<Acknowledged>> StormAsync(string path, int round, int writes, CancellationToken cancellationToken)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(Program).Assembly.Location, path, $"{round}", $"{round % 2 == 1}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
        List<Acknowledged> acknowledged = [];
        try
        {
            for (var i = 0; i < writes; i++)
            {
                acknowledged.Add(Acknowledged.Parse(await process.StandardOutput.ReadLineAsync(cancellationToken) ?? ""));
            }
        }
        finally
        {
            process.Kill();
        }

        var rest = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        acknowledged.AddRange(rest.Split('\n')[..^1].Select(Acknowledged.Parse));
        await process.WaitForExitAsync(cancellationToken);
        return acknowledged;
    }

    private static async Task<Dictionary<string, StoredValue>> CheckAsync(
        IStorage store, List<Acknowledged> acknowledged, Dictionary<string, StoredValue> settled, long newest)
    {
        var oldest = await OldestAsync(store);
        var model = (await store.ListAsync("/", oldest)).Items.ToDictionary(item => item.Key);
        var compacted = new Dictionary<string, StoredValue>(model);
        var events = await store.EventsAsync(oldest);
        Assert.That(events.Select(e => e.Revision), Is.EqualTo(Enumerable.Range(1, events.Count).Select(i => oldest + i)), "the log");
        foreach (var e in events)
        {
            Assert.That(e.Previous?.Revision, Is.EqualTo(model.GetValueOrDefault(e.Key)?.Revision), $"what was before {e.Revision}");
            Apply(model, e);
        }

        var page = await store.ListAsync("/");
        Assert.That(page.Items.Select(Line), Is.EqualTo(model.Values.OrderBy(item => item.Key, StringComparer.Ordinal).Select(Line)));
        Assert.That(acknowledged.Select(write => write.Revision), Is.All.GreaterThan(newest), "revisions rise");
        AssertThere(acknowledged, oldest, events.ToDictionary(e => e.Revision), compacted);
        Assert.That(settled.Values.Select(Line), Is.SubsetOf(page.Items.Select(Line)), "what earlier rounds left");
        return model;
    }

    private static void AssertThere(
        List<Acknowledged> acknowledged, long oldest, Dictionary<long, StorageEvent> events, Dictionary<string, StoredValue> compacted)
    {
        foreach (var write in acknowledged)
        {
            if (write.Revision > oldest)
            {
                var found = events.GetValueOrDefault(write.Revision);
                Assert.That((found?.Key, found?.Value?.Text() ?? "-"), Is.EqualTo((write.Key, write.Value)), $"revision {write.Revision}");
            }
            else
            {
                Assert.That(compacted.GetValueOrDefault(write.Key)?.Revision, Is.GreaterThanOrEqualTo(write.Revision), write.Key);
            }
        }
    }

    private static async Task<long> OldestAsync(IStorage store)
    {
        try
        {
            await store.ListAsync("/", 1);
            return 1;
        }
        catch (RevisionCompactedException e)
        {
            return e.Oldest;
        }
    }

    private static string Line(StoredValue item) => $"{item.Key} {item.Revision} {item.Text()}";

    private static void Apply(Dictionary<string, StoredValue> model, StorageEvent e)
    {
        if (e.Value is null)
        {
            model.Remove(e.Key);
        }
        else
        {
            model[e.Key] = e.Value;
        }
    }

    private sealed record Acknowledged(long Revision, string Key, string Value)
    {
        public static Acknowledged Parse(string line)
        {
            var parts = line.Split(' ');
            return new Acknowledged(long.Parse(parts[0]), parts[1], parts[2]);
        }
    }
}
