using KubeFed.ApiMachinery.Errors;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>Reads the KubeFedConfig that the control plane goes by, and makes one where there is none and the scope is known.</summary>
internal sealed class KubeFedConfigSource(IDynamicClient host, Func<string, string?> environment)
{
    private const string DefaultScopeVariable = "DEFAULT_KUBEFED_SCOPE";

    /// <summary>Reads the configuration of a control plane.</summary>
    /// <exception cref="ComponentStartException">There is none, or it cannot be used; the message says what to do.</exception>
    public async Task<KubeFedConfigSpec> ReadAsync(string @namespace, CancellationToken cancellationToken)
    {
        var key = new NamespacedName(@namespace, FederationNames.KubeFedConfig);
        try
        {
            var stored = await host.GetAsync(FederationResources.KubeFedConfigs, key, cancellationToken: cancellationToken);
            return Check(stored.Deserialize(FederationJsonContext.Default.KubeFedConfig).Spec);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return await CreateAsync(key, cancellationToken);
        }
        catch (KubeObjectFormatException e)
        {
            throw new ComponentStartException($"the KubeFedConfig \"{key}\" cannot be read: {e.Message}", e);
        }
    }

    private async Task<KubeFedConfigSpec> CreateAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        if (environment(DefaultScopeVariable) is not { Length: > 0 } scope)
        {
            throw new ComponentStartException($"there is no KubeFedConfig \"{key}\" on the host: run kubefedctl install, or set {DefaultScopeVariable} to Cluster or Namespaced to have one made");
        }

        var config = new KubeFedConfig
        {
            Metadata = new ObjectMeta { Name = key.Name, Namespace = key.Namespace },
            Spec = Check(new KubeFedConfigSpec { Scope = scope }).WithDefaults(),
        };
        var created = await host.CreateAsync(
            FederationResources.KubeFedConfigs,
            KubeObject.From(config, FederationJsonContext.Default.KubeFedConfig),
            new WriteOptions { FieldManager = FederationNames.FieldManager },
            cancellationToken);
        return created.Deserialize(FederationJsonContext.Default.KubeFedConfig).Spec;
    }

    private static KubeFedConfigSpec Check(KubeFedConfigSpec spec) => spec.Scope is ResourceScopes.Cluster or ResourceScopes.Namespaced
        ? spec
        : throw new ComponentStartException($"spec.scope of the KubeFedConfig must be Cluster or Namespaced, found \"{spec.Scope}\"");
}
