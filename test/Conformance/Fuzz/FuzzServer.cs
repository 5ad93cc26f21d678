using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.OpenApi;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.Logging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Conformance.Fuzz;

/// <summary>An API server in this process over a storage in memory, on loopback, without TLS, where everybody may do everything.</summary>
internal sealed class FuzzServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MemoryStorage _storage = new(TimeProvider.System);
    private readonly ResourceCacheSet _caches;
    private readonly ApiServer _server;

    private FuzzServer(Func<ApiServerOptions, ApiServerOptions>? configure)
    {
        TypeRegistry types = FuzzTypes.Load();
        _caches = new ResourceCacheSet(
            _storage,
            types,
            static type => value => StoredObjectCodec.Decode(value, type),
            new ResourceCacheOptions { ReadTimeout = TimeSpan.FromMilliseconds(300) },
            new ResourceCacheMetrics(_services.GetRequiredService<IMeterFactory>()),
            TimeProvider.System,
            NullLogger<ResourceCacheSet>.Instance);
        var options = new ApiServerOptions
        {
            Types = types,
            Store = new ResourceStore(_storage, _caches, AdmissionChain.Empty, [], TimeProvider.System),
            Authenticator = new Anybody(),
            Authorizer = new GroupAuthorizer("everybody"),
            Endpoints = [new OpenApiEndpoints(types, "fuzz", TimeProvider.System)],
            Logging = Log,
        };
        _server = ApiServer.Create(configure?.Invoke(options) ?? options);
    }

    /// <summary>What went wrong inside: of what a client sends nothing should.</summary>
    public RecordingLogger Log { get; } = new(LogLevel.Error);

    public HttpClient Client { get; private set; } = null!;

    public Uri Address => _server.Address;

    public static async Task<FuzzServer> StartAsync(Func<ApiServerOptions, ApiServerOptions>? configure = null)
    {
        var server = new FuzzServer(configure);
        server._caches.Start();
        await server._server.StartAsync(CancellationToken.None);
        server.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = server.Address, Timeout = Patience };
        return server;
    }

    /// <summary>The revision of the store: it rises with every write, whatever it writes.</summary>
    public Task<long> RevisionAsync() => _storage.ReadRevisionAsync(CancellationToken.None);

    /// <summary>
    /// Sends bytes as they are and ends the sending, so that the server waits for no more; what it answers is lost where it takes that for
    /// the end of the client.
    /// </summary>
    public Task<string> SendRawAsync(byte[] request) => SendRawAsync(request, static socket => socket.Shutdown(SocketShutdown.Send));

    /// <summary>Sends bytes as they are and reads the whole answer, after which the server must close the connection.</summary>
    public Task<string> AskRawAsync(byte[] request) => SendRawAsync(request, static _ => { });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _caches.DisposeAsync();
        await _storage.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task<string> SendRawAsync(byte[] request, Action<Socket> end)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(Address.Host, Address.Port, limit.Token);
        NetworkStream stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, limit.Token);
            end(client.Client);
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The server closed the connection while it was being written to, as it may.
            return Encoding.UTF8.GetString(answer.ToArray());
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private sealed class Anybody : IAuthenticator
    {
        private static readonly AuthenticationOutcome Outcome =
            AuthenticationOutcome.Success(new UserInfo { Name = "somebody", Groups = ["everybody"] });

        public ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) => ValueTask.FromResult(Outcome);
    }
}
