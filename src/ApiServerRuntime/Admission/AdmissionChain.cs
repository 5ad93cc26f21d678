using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>All plugins of a server, in their order. Safe to share.</summary>
public sealed class AdmissionChain
{
    private readonly IAdmissionPlugin[] _plugins;

    /// <summary>Creates a chain; none of the plugins may be null.</summary>
    public AdmissionChain(IEnumerable<IAdmissionPlugin> plugins) => _plugins = [.. plugins];

    /// <summary>Admits everything.</summary>
    public static AdmissionChain Empty { get; } = new([]);

    /// <summary>Lets all plugins change the object.</summary>
    /// <exception cref="StatusException">One of them refuses the write.</exception>
    public async ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var plugin in _plugins)
        {
            await plugin.MutateAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets all plugins look at the object.</summary>
    /// <exception cref="StatusException">One of them refuses the write.</exception>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var plugin in _plugins)
        {
            await plugin.ValidateAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
