/** The classifier of `natural`, by itself: the package's root would load a thousand modules (600 ms, 118 MB). */
declare module "natural/lib/natural/classifiers/classifier.js" {
  /** What `natural` asks of the model inside its classifier. */
  interface InnerClassifier<Features> {
    addExample(features: Features, label: string): void;
    train(): void;
    getClassifications(features: Features): { label: string; value: number }[];
    classify(features: Features): string;
  }
  export default class Classifier<Features> {
    constructor(classifier: InnerClassifier<Features>, stemmer?: unknown);
    classifier: InnerClassifier<Features>;
    /** Documents seen so far; kept until dropped. */
    docs: { label: string; text: string[] }[];
    /** How many documents' tokens were this one. */
    features: Record<string, number>;
    addDocument(tokens: string[], label: string): void;
    textToFeatures(tokens: string[]): Features;
    train(): void;
    getClassifications(tokens: string[]): { label: string; value: number }[];
    classify(tokens: string[]): string;
  }
}
