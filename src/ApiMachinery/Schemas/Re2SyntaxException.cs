namespace KubeFed.ApiMachinery.Schemas;

/// <summary>An expression uses what RE2 does not have.</summary>
internal sealed class Re2SyntaxException(string message) : Exception(message);
