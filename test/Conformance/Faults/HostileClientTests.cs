using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using KubeFed.Conformance.Faults.Programs;
using KubeFed.Conformance.Faults.Storms;
using KubeFed.TestSupport.Processes;

namespace KubeFed.Conformance.Faults;

/// <summary>Clients that are slow, rude or broken harm themselves only.</summary>
[TestFixture]
[NonParallelizable]
public sealed class HostileClientTests
{
    private const string Panic = "failed in a way that it must not";
    private readonly ProcessSandbox _sandbox = new("hostile");
    private ApiServerProgram _server = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await ApiServerProgram.StartAsync(_sandbox, "apiserver");
        _client = _server.NewClient();
        await Namespaces.EnsureAsync(_client, Records.Namespace);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
    }

    [TearDown]
    public async Task AssertWell()
    {
        Assert.That(await _server.CodeOfAsync("readyz"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_server.Process.TailLog(1000), Does.Not.Contain(Panic));
    }

    [Test]
    public async Task Watch_ReaderThatReadsAlmostNothing_DoesNotSlowOthers()
    {
        await using RawConnection slow = await RawConnection.OpenAsync(_server, receiveBuffer: 4096);
        await slow.SendAsync($"GET /{Records.Collection}?watch=1 HTTP/1.1\r\nHost: x\r\n\r\n");
        await slow.ReadUntilAsync("200 OK");
        using HttpResponseMessage watch = await _client.GetAsync(new Uri($"{Records.Collection}?watch=1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await watch.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(stream);
        Task<int> seen = CountAsync(reader, 200);
        var clock = Stopwatch.StartNew();
        byte[] one = new byte[1];
        for (int i = 0; i < 200; i++)
        {
            Assert.That(await CreateAsync($"slow-{i}", new string('x', 50_000)), Is.EqualTo(201));
            await slow.Stream.ReadExactlyAsync(one);
        }

        Assert.That(await seen.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(200));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "200 writes, seen by another watcher");
    }

    [Test]
    public async Task Request_SentByteByByte_HoldsNobodyUp()
    {
        RawConnection[] slow = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RawConnection.OpenAsync(_server)));
        string request = $"POST /{Records.Collection} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{{\"metadata\":";
        foreach (char letter in request)
        {
            foreach (RawConnection connection in slow)
            {
                await connection.SendAsync($"{letter}");
            }
        }

        var clock = Stopwatch.StartNew();
        Assert.That(await CreateAsync("quick", "t"), Is.EqualTo(201));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        foreach (RawConnection connection in slow)
        {
            await connection.DisposeAsync();
        }
    }

    [Test]
    public async Task Body_Half_LeavesNothingBehind()
    {
        await using (RawConnection connection = await RawConnection.OpenAsync(_server))
        {
            string body = Records.Json("half", "t", null);
            await connection.SendAsync($"POST /{Records.Collection} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length + 10}\r\n\r\n{body}");
        }

        Assert.That(await CreateAsync("after-half", "t"), Is.EqualTo(201));
        Assert.That(await _server.CodeOfAsync($"{Records.Collection}/half"), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Headers_Huge_AreRefused()
    {
        await using RawConnection connection = await RawConnection.OpenAsync(_server);
        await connection.SendAsync($"GET /version HTTP/1.1\r\nHost: x\r\nX-Large: {new string('x', 100_000)}\r\n\r\n");

        Assert.That(await connection.ReadUntilAsync("\r\n"), Does.StartWith("HTTP/1.1 431"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Body_OfFourMegabytes_Is413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Records.Collection, UriKind.Relative)) { Content = Records.Content(Records.Json("large", new string('x', 4 << 20), null)) };
        request.Version = HttpVersion.Version11;
        request.Headers.TransferEncodingChunked = chunked;
        using HttpClient client = _server.NewClient(http2: false);
        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"kind\":\"Status\"").And.Contain("RequestEntityTooLarge"));
    }

    [Test]
    public async Task Http2_RapidReset_IsSurvived()
    {
        await using RawConnection connection = await RawConnection.OpenAsync(_server, http2: true);
        await connection.Stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await connection.Stream.WriteAsync(Frame(4, 0, 0, []));
        byte[] headers = [0x82, 0x87, 0x84, 0x01, 1, (byte)'x'];
        int sent = 0;
        try
        {
            for (int stream = 1; stream < 40_000; stream += 2, sent++)
            {
                byte[] pair = [.. Frame(1, 5, stream, headers), .. Frame(3, 0, stream, [0, 0, 0, 8])];
                await connection.Stream.WriteAsync(pair);
            }
        }
        catch (IOException)
        {
            // The server had enough, as it may.
            Assert.That(sent, Is.GreaterThan(50));
        }

        var clock = Stopwatch.StartNew();
        Assert.That(await CreateAsync("after-resets", "t"), Is.EqualTo(201));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    private static async Task<int> CountAsync(StreamReader reader, int enough)
    {
        int count = 0;
        while (count < enough && await reader.ReadLineAsync() is { } line)
        {
            count += line.Contains("\"name\":\"slow-", StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private async Task<int> CreateAsync(string name, string token)
    {
        using HttpResponseMessage answer = await _client.PostAsync(new Uri(Records.Collection, UriKind.Relative), Records.Content(Records.Json(name, token, null)));
        return (int)answer.StatusCode;
    }
}
