using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using KubeFed.Conformance.Faults.Histories;
using KubeFed.Conformance.Faults.Programs;
using KubeFed.Conformance.Faults.Storms;
using KubeFed.TestSupport.Clusters.Etcd;
using KubeFed.TestSupport.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Conformance.Faults;

/// <summary>
/// Servers killed in a storm of writes: every acknowledged write is there, no answer contradicts another, and every watcher sees every change
/// once and in order. More kills on demand: <c>KUBEFED_STORM_KILLS</c>, and another course of events: <c>KUBEFED_STORM_SEED</c>.
/// </summary>
[TestFixture]
[NonParallelizable]
public sealed class CrashStormTests
{
    private static int Seed => Number("KUBEFED_STORM_SEED", 1);

    [Test]
    public async Task Sqlite_KilledAgainAndAgain_KeepsItsPromises()
    {
        await using var sandbox = new ProcessSandbox("storm");
        await using ApiServerProgram server = await ApiServerProgram.StartAsync(sandbox, "apiserver");
        await using Storm storm = await Storm.StartAsync([server], Seed);
        var random = new Random(Seed);
        for (int kill = Number("KUBEFED_STORM_KILLS", 20); kill > 0; kill--)
        {
            await storm.MoreAsync(random.Next(1, 150));
            await server.KillAsync();
            if (random.Next(4) == 0)
            {
                // Killed while it starts as well.
                server.Process.Start();
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 1500)), TimeProvider.System, CancellationToken.None);
                await server.KillAsync();
                kill--;
            }

            await server.RestartAsync();
        }

        await storm.MoreAsync(50);
        await storm.StopAsync();
        await server.Process.StopAsync();
        await using SqliteStorage storage = await OpenAsync(server.Database);
        await AssertKeptAsync(storm, storage);
    }

    [Test]
    public async Task Etcd_ReplicasAndEtcdKilledInTurn_KeepTheirPromises()
    {
        Assume.That(EtcdServer.Unavailable, Is.Null);
        await using EtcdServer etcd = await EtcdServer.StartAsync();
        await using var sandbox = new ProcessSandbox("storm");
        string[] arguments = ["--storage-backend=etcd", $"--etcd-servers={string.Join(',', etcd.Endpoints)}"];
        await using ApiServerProgram first = await ApiServerProgram.StartAsync(sandbox, "apiserver-1", null, arguments);
        await using ApiServerProgram second = await ApiServerProgram.StartAsync(sandbox, "apiserver-2", null, arguments);
        ApiServerProgram[] servers = [first, second];
        await using Storm storm = await Storm.StartAsync(servers, Seed);
        await DisturbAsync(storm, etcd.Members[0].Process, servers);
        await storm.MoreAsync(50);
        await storm.StopAsync();
        await using var storage = new EtcdStorage(
            new EtcdStorageOptions { Endpoints = etcd.Endpoints, CompactionInterval = TimeSpan.Zero }, TimeProvider.System, NullLogger<EtcdStorage>.Instance);
        await AssertKeptAsync(storm, storage);
    }

    private static async Task DisturbAsync(Storm storm, ManagedProcess etcd, ApiServerProgram[] servers)
    {
        var random = new Random(Seed);
        for (int kill = Number("KUBEFED_STORM_KILLS", 12); kill > 0; kill--)
        {
            await storm.MoreAsync(random.Next(20, 200));
            switch (kill % 4)
            {
                case 0:
                    await etcd.KillAsync();
                    etcd.Start();
                    break;
                case 1:
                    etcd.Pause();
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 1500)), TimeProvider.System, CancellationToken.None);
                    etcd.Resume();
                    break;
                default:
                    await servers[kill % 4 - 2].KillAsync();
                    await storm.MoreAsync(random.Next(20, 100));
                    await servers[kill % 4 - 2].RestartAsync();
                    break;
            }
        }
    }

    private static async Task AssertKeptAsync(Storm storm, IStorage storage)
    {
        await storm.ReadChangesAsync(storage);
        await TestContext.Out.WriteLineAsync(storm.Summary());
        Assert.That(HistoryChecker.Check(storm.History).Take(20), Is.Empty, storm.Summary());
        Assert.That(storm.History.Operations.Count(operation => operation.Outcome == Outcome.Unknown), Is.GreaterThan(0), "the kills hit nothing");
    }

    private static async Task<SqliteStorage> OpenAsync(string path)
    {
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        return await SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = path }, TimeProvider.System, ActivatorUtilities.CreateInstance<SqliteStorageMetrics>(services), NullLogger<SqliteStorage>.Instance, CancellationToken.None);
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : otherwise;
}
