using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Authentication.Tokens;

/// <summary>Finds the objects that a service account's token depends on.</summary>
public interface IServiceAccountLookup
{
    /// <summary>The object, or null when there is none.</summary>
    /// <param name="kind">ServiceAccount, Secret or Pod, of version v1.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<KubeObject?> FindAsync(string kind, string @namespace, string name, CancellationToken cancellationToken);
}
