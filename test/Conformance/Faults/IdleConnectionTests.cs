using System.Net.Sockets;
using KubeFed.Conformance.Fuzz;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Faults;

/// <summary>Connections that nobody uses are bounded, and those there are go on.</summary>
[TestFixture]
[NonParallelizable]
public sealed class IdleConnectionTests
{
    private const int Most = 50;

    [Test]
    public async Task Connections_MoreThanTheMost_AreClosedAndThereIsRoomWhenOthersGo()
    {
        await using FuzzServer server = await FuzzServer.StartAsync(options => options with { MaxConnections = Most });
        Assert.That(await VersionAsync(server), Is.EqualTo(200));
        TcpClient[] idle = [.. Enumerable.Range(0, Most * 4).Select(_ => new TcpClient())];
        foreach (TcpClient client in idle)
        {
            await client.ConnectAsync(server.Address.Host, server.Address.Port);
        }

        await Eventually.True(() => idle.Count(IsClosed) >= Most * 3, $"of {idle.Length} connections most are closed", null, () => $"{idle.Count(IsClosed)}");
        Assert.That(await VersionAsync(server), Is.EqualTo(200), "on the connection that was there before");
        Array.ForEach(idle, static client => client.Dispose());
        using var fresh = new HttpClient { BaseAddress = server.Address };
        await Eventually.True(async () => (await fresh.GetAsync(new Uri("version", UriKind.Relative))).IsSuccessStatusCode, "there is room again");
    }

    private static bool IsClosed(TcpClient client) => client.Client.Poll(0, SelectMode.SelectRead) && client.Available == 0;

    private static async Task<int> VersionAsync(FuzzServer server)
    {
        using HttpResponseMessage answer = await server.Client.GetAsync(new Uri("/version", UriKind.Relative));
        return (int)answer.StatusCode;
    }
}
