namespace KubeFed.ApiMachinery.Apply;

/// <summary>A declared field: the step to it and its type.</summary>
internal sealed record TypeField(string Key, TypeNode Type);
