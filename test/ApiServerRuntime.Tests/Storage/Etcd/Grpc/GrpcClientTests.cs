using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Etcd.Grpc;

/// <summary>The client against a real HTTP/2 server that answers well and badly.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class GrpcClientTests
{
    private static readonly LeaseGrantRequest Request = new() { TTL = 7, ID = 9 };
    private static readonly LeaseGrantResponse Answer = new() { TTL = 8, ID = 9 };

    [Test]
    public async Task CallAsync_MessageAndOk_ReturnsIt()
    {
        var seen = "";
        var result = await CallAsync(async context =>
        {
            seen = $"{context.Request.Method} {context.Request.Path} {context.Request.ContentType} {context.Request.Headers["grpc-timeout"]} "
                + $"{context.Request.Headers["te"]} {context.Request.Headers["token"]}";
            using var reader = new GrpcMessageReader(context.Request.Body, 1000);
            Assert.That(LeaseGrantRequest.Parser.ParseFrom((await reader.ReadAsync(CancellationToken.None))!.Value.Span), Is.EqualTo(Request));
            await SendAsync(context, GrpcFrame.Write(Answer), "0");
        });

        Assert.That(result, Is.EqualTo(Answer));
        Assert.That(seen, Is.EqualTo("POST /etcdserverpb.Lease/LeaseGrant application/grpc 20000m trailers secret"));
    }

    [Test]
    public async Task CallAsync_StatusInHeadersOnly_FailsWithItsDecodedMessage()
    {
        var error = await FailureAsync(context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "11";
            context.Response.Headers["grpc-message"] = "etcdserver: caf%C3%A9 100%25 %zz";
            return Task.CompletedTask;
        });

        Assert.That((error.Code, error.Detail, error.FromServer), Is.EqualTo((GrpcStatusCode.OutOfRange, "etcdserver: café 100% %zz", true)));
    }

    [TestCase("5", "NotFound", true)]
    [TestCase("99", "Unknown", true)]
    [TestCase("x", "Unknown", false)]
    [TestCase(null, "Unavailable", false)]
    public async Task CallAsync_TrailersAfterAMessage_Count(string? status, string code, bool fromServer)
    {
        var error = await FailureAsync(context => SendAsync(context, GrpcFrame.Write(Answer), status));

        Assert.That(($"{error.Code}", error.FromServer), Is.EqualTo((code, fromServer)));
    }

    [TestCase(404, "Unimplemented")]
    [TestCase(503, "Unavailable")]
    [TestCase(500, "Unknown")]
    [TestCase(200, "Unknown")]
    public async Task CallAsync_NotGrpc_FailsByTheHttpStatus(int status, string code)
    {
        var error = await FailureAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html>");
        });

        Assert.That(($"{error.Code}", error.FromServer), Is.EqualTo((code, false)));
    }

    [Test]
    public async Task CallAsync_BadBytes_FailAsInternal()
    {
        var none = await FailureAsync(context => SendAsync(context, [], "0"));
        var two = await FailureAsync(context => SendAsync(context, [.. GrpcFrame.Write(Answer), .. GrpcFrame.Write(Answer)], "0"));
        var unreadable = await FailureAsync(context => SendAsync(context, [0, 0, 0, 0, 2, 0x08, 0xff], "0"));
        var compressed = await FailureAsync(context => SendAsync(context, [1, 0, 0, 0, 0], "0"));

        Assert.That((none.Code, two.Code, unreadable.Code, compressed.Code), Is.EqualTo(
            (GrpcStatusCode.Internal, GrpcStatusCode.Internal, GrpcStatusCode.Internal, GrpcStatusCode.Internal)));
    }

    [Test]
    public async Task CallAsync_StreamCutWithinAMessage_FailsAsUnavailableAndMayHaveRun()
    {
        var error = await FailureAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(GrpcFrame.Write(Answer).AsMemory(0, 6));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.That((error.Code, error.FromServer, error.NeverSent), Is.EqualTo((GrpcStatusCode.Unavailable, false, false)));
    }

    [Test]
    public async Task CallAsync_NobodyListens_FailsAsNeverSent()
    {
        Uri address;
        await using (var server = await GrpcTestServer.StartAsync(_ => Task.CompletedTask))
        {
            address = server.Address;
        }

        using var transport = NewTransport(address);
        var error = await CatchAsync(() => NewClient(transport, address).CallAsync(
            EtcdMethods.LeaseGrant, Request, new GrpcCallOptions(TimeSpan.FromSeconds(20), []), CancellationToken.None));

        Assert.That((error.Code, error.NeverSent), Is.EqualTo((GrpcStatusCode.Unavailable, true)));
    }

    [Test]
    public async Task CallAsync_NoAnswer_EndsAtTheDeadline()
    {
        var error = await FailureAsync(
            context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted), TimeSpan.FromMilliseconds(200));

        Assert.That(error.Code, Is.EqualTo(GrpcStatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task OpenAsync_BothSidesSend_UntilTheServerEnds()
    {
        await using var server = await GrpcTestServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            using var reader = new GrpcMessageReader(context.Request.Body, 1000);
            for (var i = 0; i < 3; i++)
            {
                var request = WatchRequest.Parser.ParseFrom((await reader.ReadAsync(context.RequestAborted))!.Value.Span);
                await context.Response.Body.WriteAsync(GrpcFrame.Write(new WatchResponse { WatchId = request.CancelRequest.WatchId + 1 }));
                await context.Response.Body.FlushAsync();
            }

            context.Response.AppendTrailer("grpc-status", "0");
        });
        using var transport = NewTransport(server.Address);
        await using var stream = await NewClient(transport, server.Address).OpenAsync(
            EtcdMethods.Watch, Cancel(10), new GrpcCallOptions(TimeSpan.FromSeconds(20), []), CancellationToken.None);

        var first = await stream.ReadAsync(CancellationToken.None);
        await stream.WriteAsync(Cancel(20), CancellationToken.None);
        var second = await stream.ReadAsync(CancellationToken.None);
        await stream.WriteAsync(Cancel(30), CancellationToken.None);
        var third = await stream.ReadAsync(CancellationToken.None);

        Assert.That((first?.WatchId, second?.WatchId, third?.WatchId), Is.EqualTo((11L, 21L, 31L)));
        Assert.That(await stream.ReadAsync(CancellationToken.None), Is.Null);
    }

    private static WatchRequest Cancel(long id) => new() { CancelRequest = new WatchCancelRequest { WatchId = id } };

    private static async Task SendAsync(HttpContext context, byte[] body, string? status)
    {
        context.Response.ContentType = "application/grpc+proto";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(body);
        await context.Response.Body.FlushAsync();
        if (status is not null)
        {
            context.Response.AppendTrailer("grpc-status", status);
        }
    }

    private static EtcdTransport NewTransport(Uri address) =>
        new(new EtcdStorageOptions { Endpoints = [address.ToString()] }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    private static GrpcClient NewClient(EtcdTransport transport, Uri address) => new(transport.Current, address, 1_000_000, TimeProvider.System);

    private static async Task<LeaseGrantResponse> CallAsync(Func<HttpContext, Task> answer, TimeSpan? timeout = null)
    {
        await using var server = await GrpcTestServer.StartAsync(answer);
        using var transport = NewTransport(server.Address);
        return await NewClient(transport, server.Address).CallAsync(
            EtcdMethods.LeaseGrant,
            Request,
            new GrpcCallOptions(timeout ?? TimeSpan.FromSeconds(20), [new("token", "secret")]),
            CancellationToken.None);
    }

    private static Task<GrpcException> FailureAsync(Func<HttpContext, Task> answer, TimeSpan? timeout = null) =>
        CatchAsync(() => CallAsync(answer, timeout));

    private static async Task<GrpcException> CatchAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (GrpcException e)
        {
            return e;
        }

        throw new AssertionException("the call did not fail");
    }
}
