using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.KubeClient.Certificates;
using Microsoft.AspNetCore.Http;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>The server behind an APIService: requests go to it as of the user who asked, under the certificate of the front proxy.</summary>
internal sealed class ApiBackend : IDisposable
{
    private static readonly string[] NotForwarded =
        ["Authorization", "Connection", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "X-Forwarded-For"];

    private readonly HttpMessageInvoker _invoker;
    private readonly Uri _address;

    public ApiBackend(ApiServiceSpec spec, Uri address, PemKeyPair frontProxy)
    {
        Spec = spec;
        _address = address;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(frontProxy.Load(), null, offline: true),
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => Verify(spec, certificate, errors),
            },
        });
    }

    public ApiServiceSpec Spec { get; }

    public Uri Address => _address;

    /// <summary>Sends a request on and its answer back, as it comes.</summary>
    public async Task ForwardAsync(HttpContext context, UserInfo user, CancellationToken cancellationToken)
    {
        var target = new UriBuilder(_address) { Path = context.Request.Path, Query = context.Request.QueryString.Value }.Uri;
        using var request = Request(new HttpMethod(context.Request.Method), target, user);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!name.StartsWith(':') && !NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith("X-Remote-", StringComparison.OrdinalIgnoreCase)
                && !name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0 || (context.Request.ContentType is not null && context.Request.ContentLength is null))
        {
            request.Content = await ReadAsync(context.Request, cancellationToken);
        }

        using var response = await _invoker.SendAsync(request, cancellationToken);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        // The head at once: of a watch nothing else may come for minutes.
        await context.Response.StartAsync(cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }

    /// <summary>A document of the server, such as its discovery.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or not 200.</exception>
    public async Task<byte[]> GetAsync(string path, UserInfo user, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, new Uri(_address, path), user);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        using var response = await _invoker.SendAsync(request, cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? body
            : throw new HttpRequestException($"bad status from {new Uri(_address, path)}: {(int)response.StatusCode}: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))}");
    }

    public void Dispose() => _invoker.Dispose();

    // The host header is also the name that the server's certificate must have.
    private HttpRequestMessage Request(HttpMethod method, Uri target, UserInfo user)
    {
        var request = new HttpRequestMessage(method, target) { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Host = $"{Spec.ServiceName}.{Spec.ServiceNamespace}.svc";
        FrontProxyHeaders.Add(request, user);
        return request;
    }

    // Whole, which the front server bounds, so that it can be sent again when the other server closes the connection before it has read it.
    private static async Task<ByteArrayContent> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        content.Headers.TryAddWithoutValidation("Content-Encoding", (IEnumerable<string?>)request.Headers.ContentEncoding);
        return content;
    }

    private static bool Verify(ApiServiceSpec spec, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (spec.InsecureSkipTlsVerify)
        {
            return true;
        }

        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.ASCII.GetString(spec.CaBundle));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy);
    }
}
