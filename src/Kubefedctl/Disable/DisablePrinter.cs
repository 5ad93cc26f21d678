using KubeFed.ApiMachinery.Identity;

namespace KubeFed.Kubefedctl.Disable;

/// <summary>The lines of <c>disable</c>, on stdout. In a dry run those of changes say that nothing was changed.</summary>
internal sealed class DisablePrinter(TextWriter output, NamespacedName config, bool dryRun)
{
    private string DryRun => dryRun ? " (dry run)" : "";

    public void ConfigMissing() => output.WriteLine($"FederatedTypeConfig \"{config}\" does not exist");

    public void PropagationDisabled() => output.WriteLine($"Disabled propagation for FederatedTypeConfig \"{config}\"{DryRun}");

    public void PropagationWasDisabled() => output.WriteLine($"Propagation already disabled for FederatedTypeConfig \"{config}\"");

    public void Verifying() => output.WriteLine($"Verifying propagation controller is stopped for FederatedTypeConfig \"{config}\"");

    public void Stopped() => output.WriteLine($"Propagation controller for FederatedTypeConfig \"{config}\" is stopped");

    public void CrdDeleted(string crd) => output.WriteLine($"customresourcedefinition \"{crd}\" deleted{DryRun}");

    public void CrdMissing(string crd) => output.WriteLine($"customresourcedefinition \"{crd}\" does not exist");

    public void TypeGone(string type) => output.WriteLine($"{type} served no more{DryRun}");

    public void ConfigDeleted() => output.WriteLine($"federatedtypeconfig \"{config}\" deleted{DryRun}");
}
