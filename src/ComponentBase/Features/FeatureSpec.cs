namespace KubeFed.ComponentBase.Features;

/// <summary>A feature that can be switched.</summary>
/// <param name="Name">The name in <c>--feature-gates</c>, PascalCase.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Default">Whether it is on where nothing is said.</param>
/// <param name="Owner">Who decides about it.</param>
/// <param name="Description">What it does, in one sentence, for the help text.</param>
public sealed record FeatureSpec(string Name, FeatureStage Stage, bool Default, string Owner, string Description);
