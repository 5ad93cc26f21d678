namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>A field has a wrong shape; caught where the part it belongs to is read.</summary>
internal sealed class FieldShapeException(string path, string reason) : Exception($"{path}: {reason}");
