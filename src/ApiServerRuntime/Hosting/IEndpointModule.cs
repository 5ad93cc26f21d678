using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Serves paths that are no resources, as <c>/openapi/v3</c>. Requests are authenticated and authorized by path.</summary>
public interface IEndpointModule
{
    /// <summary>The paths to show at <c>/</c>.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>Whether the module answers a path; quick, since it is asked for every request that is for no resource.</summary>
    bool Serves(string path);

    /// <summary>Answers.</summary>
    Task InvokeAsync(HttpContext context);
}
