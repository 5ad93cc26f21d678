using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>What a CustomResourceDefinition says.</summary>
/// <param name="Type">The type; null when something is wrong with the definition.</param>
/// <param name="Errors">All that is wrong, with the paths of fields and kube-apiserver's texts.</param>
public sealed record CrdReadResult(ResourceType? Type, FieldErrorList Errors);
