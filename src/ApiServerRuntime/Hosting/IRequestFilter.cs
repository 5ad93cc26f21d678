using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>A step of the handler chain that others supply: the audit log, the limits.</summary>
public interface IRequestFilter
{
    /// <summary>
    /// Handles a request around the rest of the chain. What the chain knows is in <see cref="Requests.ApiRequest"/>. It may refuse by throwing
    /// a <see cref="ApiMachinery.Errors.StatusException"/>.
    /// </summary>
    Task InvokeAsync(HttpContext context, RequestDelegate next);
}
