using System.Runtime.Versioning;
using KubeFed.Hyperfed.Playground.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Hyperfed.Tests.Playground.Processes;

[UnsupportedOSPlatform("windows")]
[Parallelizable(ParallelScope.All)]
public sealed class GuardedFolderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Dispose_ServersInIt_AreGoneWithTheFolder()
    {
        string path;
        ServerProcess server;
        await using (var folder = new GuardedFolder("test"))
        {
            path = folder.Path;
            server = new ServerProcess(folder, "/bin/sh", ["-c", "echo started; exec sleep 600"]);
            await using (server)
            {
                server.Start();
                await Eventually.True(() => server.Tail() == "started", "the server says something", Patience, server.Tail);
                Assert.That(server.IsRunning, Is.True);
            }
        }

        Assert.That(server.IsRunning, Is.False);
        Assert.That(Directory.Exists(path), Is.False);
    }

    [Test]
    public async Task Start_AfterKill_RunsAgain()
    {
        await using var folder = new GuardedFolder("test");
        await using var server = new ServerProcess(folder, "/bin/sh", ["-c", "echo started; exec sleep 600"]);
        server.Start();
        await server.KillAsync();
        Assert.That(server.IsRunning, Is.False);

        server.Start();

        Assert.That(server.IsRunning, Is.True);
        await Eventually.True(() => server.Tail().EndsWith("started", StringComparison.Ordinal), "the server says something", Patience, server.Tail);
    }
}
