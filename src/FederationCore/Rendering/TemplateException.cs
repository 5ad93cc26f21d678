namespace KubeFed.FederationCore.Rendering;

/// <summary>A template, or what overrides made of it, is no object; caught where it is rendered.</summary>
internal sealed class TemplateException(string message) : Exception(message);
