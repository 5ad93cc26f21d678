using Microsoft.AspNetCore.Http;

namespace KubeFed.KubeClient.Tests.Transport;

/// <summary>What a test's server saw of a request.</summary>
internal sealed record SeenRequest(
    string Method, string Path, string Protocol, IReadOnlyDictionary<string, string[]> Headers, string? ClientCertificate, string Connection)
{
    public string? Authorization => Header("Authorization");

    public static SeenRequest Of(HttpContext context) => new(
        context.Request.Method,
        context.Request.Path + context.Request.QueryString,
        context.Request.Protocol,
        context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.Select(v => v ?? "").ToArray(), StringComparer.OrdinalIgnoreCase),
        context.Connection.ClientCertificate?.Subject,
        context.Connection.Id);

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? string.Join(",", values) : null;
}
