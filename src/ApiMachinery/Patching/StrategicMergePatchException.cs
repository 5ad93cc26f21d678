namespace KubeFed.ApiMachinery.Patching;

/// <summary>A strategic merge patch is malformed.</summary>
public sealed class StrategicMergePatchException(string message) : FormatException(message);
