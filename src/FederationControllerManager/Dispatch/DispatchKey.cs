using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>One object of one member: there is never more than one request under way for it.</summary>
/// <param name="Type">The name of the type config.</param>
/// <param name="Target">The object in the member.</param>
internal readonly record struct DispatchKey(string Type, NamespacedName Target)
{
    public override string ToString() => $"{Type} {Target}";
}
