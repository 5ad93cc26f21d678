namespace KubeFed.FederationApis;

/// <summary>Finalizers of the control plane.</summary>
public static class FederationFinalizers
{
    /// <summary>On federated objects: the members' objects are removed, or released, before the object goes.</summary>
    public const string SyncController = "kubefed.io/sync-controller";

    /// <summary>On FederatedTypeConfigs: the type's controllers stop before the object goes.</summary>
    public const string FederatedTypeConfig = "core.kubefed.io/federated-type-config";
}
