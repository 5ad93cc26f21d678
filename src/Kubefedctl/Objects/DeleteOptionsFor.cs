using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.Kubefedctl.Objects;

internal static class DeleteOptionsFor
{
    /// <summary>Deletes the very object that was seen, and no newer one of its name.</summary>
    public static DeleteOptions Only(KubeObject seen) => new() { PreconditionUid = seen.Metadata.Uid };
}
