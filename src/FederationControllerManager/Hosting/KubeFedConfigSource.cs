using KubeFed.ApiMachinery.Errors;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Validation;
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
            return Read(stored);
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
            Spec = Check(new KubeFedConfig { Spec = new KubeFedConfigSpec { Scope = scope } }).WithDefaults(),
        };
        var created = await host.CreateAsync(
            FederationResources.KubeFedConfigs,
            KubeObject.From(config, FederationJsonContext.Default.KubeFedConfig),
            new WriteOptions { FieldManager = FederationNames.FieldManager },
            cancellationToken);
        return created.Deserialize(FederationJsonContext.Default.KubeFedConfig).Spec;
    }

    /// <summary>Reads a KubeFedConfig and checks all of it: old servers do not.</summary>
    /// <exception cref="ComponentStartException">It cannot be used; the message names every field at fault.</exception>
    /// <exception cref="KubeObjectFormatException">It has another shape.</exception>
    public static KubeFedConfigSpec Read(KubeObject stored) => Check(stored.Deserialize(FederationJsonContext.Default.KubeFedConfig));

    private static KubeFedConfigSpec Check(KubeFedConfig config)
    {
        var errors = KubeFedConfigValidator.Validate(config with { Spec = config.Spec.WithDefaults() });
        return errors.Count == 0
            ? config.Spec
            : throw new ComponentStartException($"the KubeFedConfig cannot be used: {string.Join("; ", errors)}");
    }
}
